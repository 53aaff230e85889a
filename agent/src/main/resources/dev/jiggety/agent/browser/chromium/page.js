// What is asked of a page, and done to it. The last lines choose what; every answer is JSON, and
// what cannot be done is {"problem": "..."}.
const text = (value) => (value === null || value === undefined ? '' : String(value));
const flat = (value) => text(value).replace(/\s+/g, ' ').trim();
const absolute = (value, base) => {
  try { return new URL(value, base || document.baseURI).href; } catch (e) { return text(value); }
};
const problem = (why) => { throw { problem: why }; };

const allForms = () => Array.from(document.querySelectorAll('form'));
const controls = (form) =>
  Array.from(document.querySelectorAll('input,select,textarea,button')).filter(
    (control) => control.form === form);
const allLinks = () =>
  Array.from(document.querySelectorAll('a[href],area[href]')).filter((link) => link.href);

const formAt = (index) => allForms()[index] || problem('there is no form ' + index + ' on the page');
const fieldAt = (form, index) =>
  controls(formAt(form))[index] || problem('there is no field ' + index + ' in form ' + form);

const typeOf = (control) => {
  const type = text(control.type).toLowerCase();
  return type === 'select-one' ? 'select' : type;
};
const describeField = (control, index) => ({
  index,
  id: control.getAttribute('id'),
  name: control.getAttribute('name'),
  type: typeOf(control),
  value: typeOf(control) === 'file' ? '' : text(control.value),
  checked: control.checked === true,
  readOnly: control.readOnly === true,
  disabled: control.matches(':disabled'),
  options: control.options
    ? Array.from(control.options).map((option) => ({
        value: text(option.value), text: flat(option.text), selected: option.selected }))
    : [],
});
const describeForm = (form, index) => ({
  index,
  id: form.getAttribute('id'),
  name: form.getAttribute('name'),
  action: absolute(form.getAttribute('action') || document.URL),
  method: (form.getAttribute('method') || 'get').toUpperCase(),
  fields: controls(form).map(describeField),
});

const told = (element, ...names) => {
  for (const name of names) element.dispatchEvent(new Event(name, { bubbles: true }));
};
const write = (control, value) => {
  // A page's own framework may have put a setter of its own in front of the browser's.
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value');
  if (control.focus) control.focus({ preventScroll: true });
  own.set.call(control, value);
  told(control, 'input', 'change');
};
const optionOf = (select, wanted) => {
  const options = Array.from(select.options);
  return options.find((option) => option.value === wanted)
    || options.find((option) => flat(option.text) === flat(wanted))
    || problem('there is no choice "' + wanted + '" in the field '
      + (select.name || select.id || 'without name'));
};

const asked = {
  view: (limit) => ({
    url: document.URL,
    status: 0,
    headers: [],
    title: flat(document.title),
    mediaType: text(document.contentType).toLowerCase(),
    html: ((document.doctype ? '<!DOCTYPE ' + document.doctype.name + '>\n' : '')
      + (document.documentElement ? document.documentElement.outerHTML : '')).slice(0, limit),
    links: allLinks().map((link, index) => ({
      index, text: flat(link.textContent), url: absolute(link.getAttribute('href')) })),
    forms: allForms().map(describeForm),
  }),
  css: (selector) => {
    try {
      return Array.from(document.querySelectorAll(selector)).map((e) => text(e.textContent));
    } catch (e) {
      return problem('not a CSS selector: ' + selector);
    }
  },
  xpath: (expression) => {
    let found;
    try {
      found = document.evaluate(expression, document, null, XPathResult.ANY_TYPE, null);
    } catch (e) {
      return problem('not an XPath: ' + expression);
    }
    if (found.resultType === XPathResult.NUMBER_TYPE) return [text(found.numberValue)];
    if (found.resultType === XPathResult.STRING_TYPE) return [found.stringValue];
    if (found.resultType === XPathResult.BOOLEAN_TYPE) return [text(found.booleanValue)];
    const texts = [];
    for (let node = found.iterateNext(); node; node = found.iterateNext()) {
      texts.push(text(node.nodeType === Node.ATTRIBUTE_NODE ? node.value : node.textContent));
    }
    return texts;
  },
  follow: (index, url) => {
    const links = allLinks();
    const is = (link) => link && absolute(link.getAttribute('href')) === url;
    const link = is(links[index]) ? links[index] : links.find(is);
    if (!link) return problem('the page has no link to ' + url + ' any more');
    link.removeAttribute('target');
    link.click();
    return true;
  },
  submit: (formIndex, buttonIndex) => {
    const form = formAt(formIndex);
    const button = buttonIndex < 0 ? null : fieldAt(formIndex, buttonIndex);
    const submits = button && ['submit', 'image'].includes(typeOf(button));
    if (button && button.matches(':disabled')) return problem('the button is disabled');
    form.removeAttribute('target');
    const unchecked = form.noValidate || (submits && button.formNoValidate);
    if ((!button || submits) && !unchecked) {
      const wrong = controls(form).find((control) => control.willValidate && !control.validity.valid);
      if (wrong) {
        return problem('Chromium does not send the form: the field '
          + (wrong.name || wrong.id || 'without name') + ' is not as the page wants it: '
          + wrong.validationMessage);
      }
    }
    if (button) button.click();
    else HTMLFormElement.prototype.requestSubmit.call(form);
    return true;
  },
  set: (form, field, value) => {
    const control = fieldAt(form, field);
    const type = typeOf(control);
    if (type === 'file') return problem('a file field takes a file, not a text');
    if (control.options) {
      const option = optionOf(control, value);
      option.selected = true;
      told(control, 'input', 'change');
    } else {
      write(control, value);
    }
    return true;
  },
  check: (form, field, on) => {
    const control = fieldAt(form, field);
    if (!['checkbox', 'radio'].includes(typeOf(control))) {
      return problem('the field ' + (control.name || field) + ' cannot be checked');
    }
    if (control.checked !== on) control.click();
    if (control.checked !== on) {
      control.checked = on;
      told(control, 'input', 'change');
    }
    return true;
  },
  choose: (form, field, wanted, on) => {
    const control = fieldAt(form, field);
    if (!control.options) return problem('the field ' + (control.name || field) + ' has no choices');
    optionOf(control, wanted).selected = on;
    told(control, 'input', 'change');
    return true;
  },
  attach: (form, field, name, type, base64) => {
    const control = fieldAt(form, field);
    if (typeOf(control) !== 'file') {
      return problem('the field ' + (control.name || field) + ' takes no file');
    }
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const files = new DataTransfer();
    if (control.multiple) for (const file of control.files) files.items.add(file);
    files.items.add(new File([bytes], name, { type }));
    control.files = files.files;
    told(control, 'input', 'change');
    return true;
  },
  action: (form, url) => {
    formAt(form).setAttribute('action', url);
    return true;
  },
  refresh: () => {
    const meta = Array.from(document.querySelectorAll('meta[http-equiv]')).find(
      (m) => flat(m.getAttribute('http-equiv')).toLowerCase() === 'refresh');
    const seconds = meta ? parseFloat(meta.getAttribute('content')) : NaN;
    return Number.isFinite(seconds) ? seconds : -1;
  },
  milestones: () => {
    const times = {};
    const navigation = performance.getEntriesByType('navigation')[0];
    if (navigation) {
      for (const name of ['redirectEnd', 'domainLookupEnd', 'connectEnd', 'requestStart',
        'responseStart', 'responseEnd', 'domInteractive', 'domContentLoadedEventEnd',
        'domComplete', 'loadEventEnd']) {
        if (navigation[name] > 0) times[name] = navigation[name];
      }
    }
    for (const paint of performance.getEntriesByType('paint')) times[paint.name] = paint.startTime;
    return times;
  },
};

try {
  const given = Array.from(arguments);
  return JSON.stringify({ answer: asked[given[0]](...given.slice(1)) });
} catch (e) {
  return JSON.stringify({ problem: e && e.problem ? e.problem : text(e) });
}
