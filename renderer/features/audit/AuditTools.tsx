import { useState } from 'react';
import type { AuditFilter, ResponseOf } from '../../../contract';
import { query, toCallError } from '../../data/call';
import { useCommand } from '../../data/useCommand';
import { plural, t } from '../../strings';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { toast } from '../../ui/toasts';

type Verified = ResponseOf<'audit.verify'>;

export interface AuditToolsProps {
  readonly filter: AuditFilter;
  readonly onRefresh: () => void;
}

/** Verifies the chain, exports what is filtered, reads anew. */
export function AuditTools({ filter, onRefresh }: AuditToolsProps) {
  const [isVerifying, setVerifying] = useState(false);
  const [verified, setVerified] = useState<Verified | null>(null);
  const exporting = useCommand('audit.export');
  const verify = () => {
    setVerifying(true);
    query('audit.verify', {})
      .then(setVerified, (error: unknown) =>
        toast({
          tone: 'bad',
          title: t('audit.verifyFailed'),
          text: toCallError(error, 'audit.verify').message,
        }),
      )
      .finally(() => setVerifying(false));
  };
  const save = async (format: 'csv' | 'json') => {
    const done = await exporting.run({ filter, format });
    if (!done.ok) toast({ tone: 'bad', title: t('audit.exportFailed'), text: done.error.message });
    else if (done.data.saved !== null)
      toast({
        tone: 'ok',
        title: plural('audit.exported', done.data.saved.entries),
        text: done.data.saved.path,
      });
  };
  return (
    <>
      <div className="audit-tools">
        <Button isPending={isVerifying} onPress={verify}>
          {t(isVerifying ? 'audit.verifying' : 'audit.verify')}
        </Button>
        <Button isDisabled={exporting.running} onPress={() => void save('csv')}>
          {t('audit.exportCsv')}
        </Button>
        <Button isDisabled={exporting.running} onPress={() => void save('json')}>
          {t('audit.exportJson')}
        </Button>
        <Button look="quiet" onPress={onRefresh}>
          {t('audit.refresh')}
        </Button>
      </div>
      {verified === null ? null : <Verdict {...verified} />}
    </>
  );
}

function Verdict({ checked, hash, broken }: Verified) {
  if (broken === null)
    return (
      <Notice tone="ok" live="status" title={plural('audit.whole', checked)}>
        <span className="audit-hash">{t('audit.wholeText', { hash })}</span>
      </Notice>
    );
  return (
    <Notice tone="bad" live="alert" title={t('audit.broken', { seq: broken.seq })}>
      {t(`audit.broken${broken.kind}`, { seq: broken.seq, checked })}
    </Notice>
  );
}
