import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Assignment, Device, Model } from '../../../contract';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { FailureNotice } from '../../ui/FailureNotice';
import { toast } from '../../ui/toasts';
import { AreaEditor } from './AreaEditor';
import type { Draft } from './draft';
import { draftFrom, updateFrom, wrongIn } from './draft';
import { LabelChooser } from './LabelChooser';
import { ParameterForm } from './ParameterForm';
import { fieldsOf } from './parameterFields';
import { RuleForm } from './RuleForm';

export interface AssignmentEditorProps {
  readonly device: Device;
  readonly assignment: Assignment;
  readonly model: Model;
  readonly classNames: readonly string[];
  readonly onSaved: () => void;
  /** Whether something is entered that is not saved. */
  readonly onTouched: (isTouched: boolean) => void;
}

/** Everything about one model on one camera. */
export function AssignmentEditor(props: AssignmentEditorProps) {
  const { device, assignment, model, classNames, onSaved, onTouched } = props;
  const [draft, setDraft] = useState<Draft>(() => draftFrom(assignment, model));
  const [isTouched, setTouched] = useState(false);
  const update = useCommand('ai-model-assignments.update');
  const wrong = wrongIn(draft, model);
  const fields = fieldsOf(model.config_schema);
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setTouched(true);
    onTouched(true);
  };
  const save = async () => {
    const saved = await update.run(updateFrom(draft, assignment, model));
    if (!saved.ok) return;
    setDraft(draftFrom(saved.data, model));
    setTouched(false);
    onTouched(false);
    toast({ tone: 'ok', title: t('detection.saved', { model: model.name, camera: device.name }) });
    onSaved();
  };
  return (
    <div className="detection-editor">
      <Tabs className="detection-tabs">
        <TabList className="detection-tab-list" aria-label={model.name}>
          <Tab id="rules" className="detection-tab">
            {t('detection.tab.rules')}
          </Tab>
          <Tab id="labels" className="detection-tab">
            {t('detection.tab.labels')}
          </Tab>
          <Tab id="areas" className="detection-tab">
            {t('detection.tab.areas')}
          </Tab>
          <Tab id="parameters" className="detection-tab">
            {t('detection.tab.parameters')}
          </Tab>
        </TabList>
        <TabPanel id="rules" className="detection-panel">
          <RuleForm draft={draft} wrong={wrong} onChange={change} />
        </TabPanel>
        <TabPanel id="labels" className="detection-panel">
          <LabelChooser known={classNames} chosen={draft.labels} onChange={(labels) => change({ labels })} />
        </TabPanel>
        <TabPanel id="areas" className="detection-panel">
          <AreaEditor device={device} areas={draft.areas} onChange={(areas) => change({ areas })} />
        </TabPanel>
        <TabPanel id="parameters" className="detection-panel">
          <ParameterForm
            fields={fields}
            draft={draft.parameters}
            onChange={(parameters) => change({ parameters })}
          />
        </TabPanel>
      </Tabs>
      <FailureNotice title={t('detection.notSaved')} error={update.error} />
      <div className="detection-save">
        {wrong.size === 0 ? null : (
          <p className="field-error" role="status">
            {t('detection.wrong')}
          </p>
        )}
        <Button
          look="primary"
          isDisabled={!isTouched || wrong.size > 0}
          isPending={update.running}
          onPress={() => void save()}
        >
          {t('common.save')}
        </Button>
      </div>
    </div>
  );
}
