import styles from './tabs.module.css';

interface TabsProps<T extends string> {
  label: string;
  options: { value: T; name: string }[];
  value: T;
  onChange(value: T): void;
}

/** A choice between a few visible options: radio buttons in a row. */
export function Tabs<T extends string>({ label, options, value, onChange }: TabsProps<T>) {
  return (
    <fieldset className={styles.tabs}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.tab}>
          <input
            type="radio"
            className={styles.input}
            name={label}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
