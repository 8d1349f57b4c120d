// What is being noted goes along with whatever other form of the page is sent, so that it is not lost with the page.
// Without this script it is kept by its own button.
const noting = document.querySelector('form[data-notes]')
const noted = noting?.querySelector('textarea')
function hidden (form, name, value) {
  const field = document.createElement('input')
  Object.assign(field, { type: 'hidden', name, value })
  form.append(field)
}
document.addEventListener('submit', ({ target }) => {
  const goesAlong = noted && target !== noting && target.method === 'post' && target.closest('main')
  if (!goesAlong || noted.value === noting.dataset.notes) return
  hidden(target, 'notes', noted.value)
  hidden(target, 'seen', noting.elements.seen.value)
})
