// Parameters in words. The API names them only; one that is new here is shown by its name.

const KNOWN: Record<string, string> = {
  branch_years: 'governance.parameter_branch_years',
  committee_from: 'governance.parameter_committee_from',
  committee_years: 'governance.parameter_committee_years',
  grace_months: 'governance.parameter_grace_months',
  max_members: 'governance.parameter_max_members',
  min_full: 'governance.parameter_min_full',
  probation_months: 'governance.parameter_probation_months',
  red_months: 'governance.parameter_red_months',
  village_years: 'governance.parameter_village_years',
  warn_days: 'governance.parameter_warn_days',
  warn_months: 'governance.parameter_warn_months',
  yellow_months: 'governance.parameter_yellow_months',
}

export function parameterKey(name: string): string | undefined {
  return KNOWN[name]
}
