// What a Field gives to the control in it.

export interface ControlProps {
  id?: string | undefined
  describedBy?: string | undefined
  invalid?: boolean
  required?: boolean
  disabled?: boolean
}
