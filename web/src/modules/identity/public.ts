// What other parts of the workbench may use of this module.

export { default as SignInForm } from './sign_in/SignInForm.vue'
