import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import './slider.css';

export interface SliderInputProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value for people, with its unit. */
  readonly text: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** A number from a range, by pointer or arrow keys. */
export function SliderInput({ label, value, min, max, step, text, onChange }: SliderInputProps) {
  return (
    <Slider
      className="slider"
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => onChange(Array.isArray(next) ? (next[0] ?? min) : next)}
    >
      <Label className="field-label">{label}</Label>
      <SliderOutput className="slider-value numeric">{text(value)}</SliderOutput>
      <SliderTrack className="slider-track">
        <span className="slider-fill" style={{ width: `${String(((value - min) / (max - min)) * 100)}%` }} />
        <SliderThumb className="slider-thumb" />
      </SliderTrack>
    </Slider>
  );
}
