import { z } from 'zod';
import { VasError } from '../../base/errors';

/**
 * Holds parameters against a model's schema.
 * @param schema JSON Schema; null: the model takes no parameters
 * @throws VasError invalid naming the field
 */
export function checkParameters(
  schema: Readonly<Record<string, unknown>> | null,
  parameters: Readonly<Record<string, unknown>> | null,
): void {
  const given = parameters ?? {};
  if (schema === null) {
    if (Object.keys(given).length === 0) return;
    throw new VasError('invalid', 'This model takes no parameters.');
  }
  let accepts: z.ZodType;
  try {
    accepts = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    throw new VasError('invalid', 'The schema of the model cannot be used; its model.yaml needs repair.', {
      cause: error,
    });
  }
  const result = accepts.safeParse(given);
  if (result.success) return;
  const issues = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const first = issues[0];
  throw new VasError(
    'invalid',
    `The parameter ${first?.path === '' || first === undefined ? 'list' : first.path}: ${first?.message ?? 'invalid'}`,
    { details: { issues } },
  );
}
