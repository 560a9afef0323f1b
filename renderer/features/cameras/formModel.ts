import type { Device, DeviceCreate, DeviceUpdate, RequestInput } from '../../../contract';
import { deviceCreate } from '../../../contract/devices';
import type { CallError } from '../../data/call';
import { t } from '../../strings';
import { splitAddress } from './splitAddress';

/** What the fields of the camera form hold. */
export interface CameraValues {
  readonly name: string;
  readonly location: string;
  readonly rtsp_url: string;
  readonly sub_rtsp_url: string;
  readonly username: string;
  /** Empty while editing: the stored one is kept. */
  readonly password: string;
  /** Editing only: the stored password is to be deleted. */
  readonly forgetPassword: boolean;
  readonly transport: Device['transport'];
  readonly recording: boolean;
  /** Names. */
  readonly groups: readonly string[];
  /** As in the contract; null: always. */
  readonly schedule: string | null;
}

export type CameraField = Exclude<keyof CameraValues, 'forgetPassword'>;

/** What the form is for. */
export type CameraTask =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly device: Device }
  /** A new camera that begins with what another one has. */
  | { readonly kind: 'clone'; readonly device: Device };

/** The camera whose stored password is used where none is typed; null when there is none. */
export function passwordOwner(task: CameraTask): Device | null {
  return task.kind !== 'add' && task.device.has_password ? task.device : null;
}
export type FieldErrors = Readonly<Partial<Record<CameraField, string>>>;

export const NEW_CAMERA: CameraValues = {
  name: '',
  location: '',
  rtsp_url: '',
  sub_rtsp_url: '',
  username: '',
  password: '',
  forgetPassword: false,
  transport: 'tcp',
  recording: true,
  groups: [],
  schedule: null,
};

export function valuesOf(device: Device): CameraValues {
  return {
    ...NEW_CAMERA,
    name: device.name,
    location: device.location ?? '',
    rtsp_url: device.rtsp_url,
    sub_rtsp_url: device.sub_rtsp_url ?? '',
    username: device.username ?? '',
    transport: device.transport,
    recording: device.recording,
    groups: device.groups,
    schedule: device.schedule,
  };
}

/** What the form shows first. A copy keeps the address, since mostly a part of it only is another. */
export function startValues(task: CameraTask): CameraValues {
  if (task.kind === 'add') return NEW_CAMERA;
  const values = valuesOf(task.device);
  return task.kind === 'edit' ? values : { ...values, name: t('form.cloneName', { name: values.name }) };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
const passwordOrNull = (text: string) => (text === '' ? null : text);

export function toCreate(values: CameraValues): DeviceCreate {
  return {
    name: values.name.trim(),
    location: orNull(values.location),
    rtsp_url: values.rtsp_url.trim(),
    sub_rtsp_url: orNull(values.sub_rtsp_url),
    username: orNull(values.username),
    password: passwordOrNull(values.password),
    transport: values.transport,
    recording: values.recording,
    groups: [...values.groups],
    schedule: values.schedule,
  };
}

/** The request for a copy; the password of the original is taken over inside the main process. */
export function toClone(values: CameraValues, original: Device): DeviceCreate {
  const request = toCreate(values);
  const takesOver = original.has_password && values.password === '' && !values.forgetPassword;
  return takesOver ? { ...request, copy_password_from: original.id } : request;
}

/** Only what differs from the camera as it is stored: an unchanged stream is not restarted. */
export function toUpdate(values: CameraValues, device: Device): DeviceUpdate {
  const next = toCreate(values);
  return {
    id: device.id,
    ...(next.name === device.name ? {} : { name: next.name }),
    ...(next.location === device.location ? {} : { location: next.location }),
    ...(next.rtsp_url === device.rtsp_url ? {} : { rtsp_url: next.rtsp_url }),
    ...(next.sub_rtsp_url === device.sub_rtsp_url ? {} : { sub_rtsp_url: next.sub_rtsp_url }),
    ...(next.username === device.username ? {} : { username: next.username }),
    ...(next.transport === device.transport ? {} : { transport: next.transport }),
    ...(next.recording === device.recording ? {} : { recording: next.recording }),
    ...(next.schedule === device.schedule ? {} : { schedule: values.schedule }),
    ...(sameNames(values.groups, device.groups) ? {} : { groups: [...values.groups] }),
    ...(values.password !== ''
      ? { password: values.password }
      : values.forgetPassword
        ? { password: null }
        : {}),
  };
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}

/** The request of `devices.validate`; with a stored password it is used unless another one is typed. */
export function toValidate(values: CameraValues, device: Device | null): RequestInput<'devices.validate'> {
  const { rtsp_url, sub_rtsp_url, username, transport, password } = toCreate(values);
  const common = { rtsp_url, sub_rtsp_url, username, transport };
  if (device !== null && password === null && device.has_password && !values.forgetPassword)
    return { id: device.id, ...common };
  return { ...common, password };
}

export function isChanged(values: CameraValues, start: CameraValues): boolean {
  return JSON.stringify(values) !== JSON.stringify(start);
}

/** What is wrong with the fields, in words; empty when they can be sent. */
export function validate(values: CameraValues): FieldErrors {
  const result = deviceCreate.safeParse(toCreate(values));
  if (result.success) return {};
  return collect(
    result.error.issues.map((issue) => ({ path: issue.path.map(String), text: issueText(issue) })),
  );
}

interface Issue {
  readonly code?: string | undefined;
  readonly maximum?: unknown;
  readonly message: string;
}

/** The contract's own texts where they are for people, ours where they are the library's. */
function issueText({ code, maximum, message }: Issue): string {
  if (code === 'too_big' && (typeof maximum === 'number' || typeof maximum === 'bigint'))
    return t('form.tooLong', { max: String(maximum) });
  if (code === 'invalid_format') return t('form.controlCharacters');
  return message;
}

const FIELDS: readonly CameraField[] = [
  'name',
  'location',
  'rtsp_url',
  'sub_rtsp_url',
  'username',
  'password',
  'transport',
  'recording',
  'groups',
  'schedule',
];

function collect(issues: readonly { path: readonly string[]; text: string }[]): FieldErrors {
  const errors: Partial<Record<CameraField, string>> = {};
  for (const { path, text } of issues) {
    const field = FIELDS.find((name) => name === path[0]);
    if (field !== undefined) errors[field] ??= text;
  }
  return errors;
}

/** The fields that a refused call names in its details (`[{path, message}]`); empty when it names none. */
export function fieldErrorsOf(error: CallError): FieldErrors {
  if (!Array.isArray(error.details)) return {};
  return collect(
    error.details.flatMap((detail: unknown) => {
      if (typeof detail !== 'object' || detail === null) return [];
      const { path, message } = detail as { path?: unknown; message?: unknown };
      if (!Array.isArray(path) || typeof message !== 'string') return [];
      return [{ path: path.map(String), text: message }];
    }),
  );
}

export interface Absorbed {
  readonly values: CameraValues;
  /** What was done with the user information of the address; null when there was none. */
  readonly notice: string | null;
}

/**
 * Takes user and password out of an address and puts them into their fields. The sub-stream's only fill
 * what is empty: both streams use the same user.
 */
export function absorbAddress(
  values: CameraValues,
  field: 'rtsp_url' | 'sub_rtsp_url',
  text: string,
): Absorbed {
  const split = splitAddress(text);
  if (split === null) return { values: { ...values, [field]: text }, notice: null };
  const { address, username, password } = split;
  const keeps = field === 'sub_rtsp_url' && (values.username !== '' || values.password !== '');
  if (keeps) return { values: { ...values, [field]: address }, notice: t('form.splitKept') };
  return {
    values: { ...values, [field]: address, username, password, forgetPassword: false },
    notice: password === '' ? t('form.splitUser') : t('form.split'),
  };
}
