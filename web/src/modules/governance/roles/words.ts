// Permissions in words. The API names them only; one that is new here is shown by its name.

const KNOWN: Record<string, string> = {
  'audit.read': 'governance.may_audit_read',
  'dues.write': 'governance.may_dues_write',
  'export.make': 'governance.may_export_make',
  'export.personal': 'governance.may_export_personal',
  'identity.grant_roles': 'governance.may_identity_grant_roles',
  'identity.manage_accounts': 'governance.may_identity_manage_accounts',
  'identity.read_accounts': 'governance.may_identity_read_accounts',
  'identity.reset_factors': 'governance.may_identity_reset_factors',
  'insight.handle': 'governance.may_insight_handle',
  'insight.manage': 'governance.may_insight_manage',
  'insight.read': 'governance.may_insight_read',
  'insight.waive': 'governance.may_insight_waive',
  'intake.import': 'governance.may_intake_import',
  'orglife.write': 'governance.may_orglife_write',
  'registry.read': 'governance.may_registry_read',
  'registry.unmask': 'governance.may_registry_unmask',
  'registry.write': 'governance.may_registry_write',
  'search.use': 'governance.may_search_use',
  'self.read': 'governance.may_self_read',
  'system.manage': 'governance.may_system_manage',
}

export interface Word {
  permission: string
  /** Of its text; undefined for one that has none. */
  key: string | undefined
}

export function wordsOf(permissions: readonly string[]): Word[] {
  return permissions.map((permission) => ({ permission, key: KNOWN[permission] }))
}
