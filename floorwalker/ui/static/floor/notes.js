// What is being noted goes along with whatever other form of the page is sent, so that it is not lost with the page.
// Without this script it is kept by its own button.
const noted = document.querySelector('form[data-notes] textarea')
if (noted) {
  document.addEventListener('submit', ({ target }) => {
    if (target === noted.form || target.method !== 'post' || !target.closest('main') || noted.value === noted.defaultValue) return
    const along = document.createElement('input')
    Object.assign(along, { type: 'hidden', name: 'notes', value: noted.value })
    target.append(along)
  })
}
