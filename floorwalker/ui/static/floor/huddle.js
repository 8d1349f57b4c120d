// Counts a meeting's time down; without this script the page says when it is to end. Nothing moves where motion is unwanted:
// there the minutes alone are told.
const clock = document.getElementById('time-left')
const still = window.matchMedia('(prefers-reduced-motion: reduce)')
function tell() {
  const left = Math.round((new Date(clock.dataset.ends) - Date.now()) / 1000)
  const seconds = Math.abs(left)
  const minutes = Math.floor(seconds / 60)
  const time = still.matches ? `${minutes} min` : `${minutes}:${String(seconds % 60).padStart(2, '0')}`
  const said = (left >= 0 ? clock.dataset.left : clock.dataset.over).replace('TIME', time)
  if (clock.textContent !== said) clock.textContent = said
}
if (clock && clock.dataset.ends) {
  tell()
  setInterval(tell, 1000)
}
