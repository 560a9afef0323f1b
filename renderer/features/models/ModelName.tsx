/** `Objects (NanoDet-g 416x256)`: what it finds, and below in small what it is made of. */
export function ModelName({ name }: { readonly name: string }) {
  const [, what, made] = /^(.+?) (\(.+\))$/.exec(name) ?? [];
  if (what === undefined || made === undefined) return <span className="model-name">{name}</span>;
  return (
    <span className="model-name">
      {what} <small>{made}</small>
    </span>
  );
}
