// Says in words that a passkey was not used, and shows the buttons that need this script only where it runs.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const trouble = document.getElementById('passkey-trouble')
  if (!trouble) return
  trouble.hidden = false
  trouble.focus()
})
document.addEventListener('DOMContentLoaded', () => {
  for (const waiting of document.querySelectorAll('[data-needs-passkeys]')) waiting.hidden = !window.PublicKeyCredential
})
