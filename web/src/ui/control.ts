// What a Field gives to the control in it, and what controls choose from.

export interface ControlProps {
  id?: string | undefined
  describedBy?: string | undefined
  invalid?: boolean
  required?: boolean
  disabled?: boolean
}

export interface Choice<Value extends string = string> {
  value: Value
  text: string
  /** A second word that tells it from its like: a code, an organisation. */
  more?: string
  disabled?: boolean
}
