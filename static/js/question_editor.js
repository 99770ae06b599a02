// Rows of the form of a question without a round trip. Without this script the same buttons send the form.

const own = (set, selector) => [...set.querySelectorAll(selector)].filter((one) => one.closest('[data-rows]') === set)
const rows = (set) => own(set, '[data-row]').filter((row) => !row.hidden)
const field = (row, name) =>
  [...row.querySelectorAll(`input[type=hidden][name$="-${name}"]`)].find((one) => one.closest('[data-row]') === row)

// What stands at the same place in each row: its number for readers, its place for the server.
const count = (set) => {
  rows(set).forEach((row, at) => {
    field(row, 'place').value = at
    row.querySelectorAll('[data-row-number]').forEach((one) => {
      if (one.closest('[data-row]') === row) one.textContent = at + 1
    })
  })
}

// Put a number in place of the mark in all attributes, also of the templates within.
const numbered = (fragment, mark, number) => {
  fragment.querySelectorAll('*').forEach((one) => {
    for (const attribute of one.attributes) {
      if (attribute.value.includes(mark)) attribute.value = attribute.value.replaceAll(mark, number)
    }
    if (one.content) numbered(one.content, mark, number)
  })
}

const add = (set, button) => {
  const total = own(set, '[data-rows-count]')[0]
  const part = button.nextElementSibling.content.cloneNode(true)
  numbered(part, set.dataset.mark, total.value)
  total.value = Number(total.value) + 1
  own(set, '[data-rows-list]')[0].append(part)
  count(set)
  rows(set).at(-1).querySelector('textarea, input:not([type=hidden]), select')?.focus()
}

const remove = (set, row) => {
  const at = rows(set).indexOf(row)
  field(row, 'gone').value = 'True'
  row.hidden = true
  count(set)
  const next = rows(set)[Math.min(at, rows(set).length - 1)]
  const goal = next ? next.querySelector('textarea, input:not([type=hidden]), select') : own(set, '[data-rows-add]')[0]
  goal?.focus()
}

const move = (set, row, button, by) => {
  const all = rows(set)
  const other = all[all.indexOf(row) + by]
  if (!other) return
  if (by < 0) other.before(row)
  else other.after(row)
  count(set)
  button.focus()
}

// Tells Wagtail that something changed, so that it asks before the page is left.
const changed = (set) => set.dispatchEvent(new Event('change', { bubbles: true }))

document.addEventListener('click', (event) => {
  const button = event.target.closest('button')
  const set = button?.closest('[data-rows]')
  if (!set || button.name !== 'rows') return
  event.preventDefault()
  const row = button.closest('[data-row]')
  if ('rowsAdd' in button.dataset) add(set, button)
  else if ('rowRemove' in button.dataset) remove(set, row)
  else move(set, row, button, 'rowUp' in button.dataset ? -1 : 1)
  changed(set)
})

// A picture into the question, where the cursor is.
document.querySelectorAll('button[data-picture]').forEach((button) => {
  button.hidden = false
  button.addEventListener('click', () => {
    const stem = document.getElementById('id_stem')
    const format = document.getElementById('id_text_format')
    if (format.value === 'plain') format.value = 'markdown'
    const { picture, words } = button.dataset
    const html = `<img src="picture:${picture}" alt="${words}">`
    stem.setRangeText(format.value === 'markdown' ? `![${words}](picture:${picture})` : html, stem.selectionStart, stem.selectionEnd, 'end')
    stem.focus()
    stem.dispatchEvent(new Event('change', { bubbles: true }))
  })
})
