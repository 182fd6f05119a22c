// What other parts of the workbench may use of this module.

export { default as SignInForm } from './sign_in/SignInForm.vue'
export { default as SightList } from './account/SightList.vue'
