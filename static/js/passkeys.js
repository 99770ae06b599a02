// Passkeys: asks the browser for one and sends the answer. The forms are hidden until this runs.

const fromBase64 = text => {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, character => character.charCodeAt(0));
};

const toBase64 = buffer => {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

// Keys come as text and go to the browser as bytes.
const decoded = ({ publicKey }) => {
  const options = { ...publicKey, challenge: fromBase64(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: fromBase64(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) options[list] = options[list].map(one => ({ ...one, id: fromBase64(one.id) }));
  }
  return options;
};

const encoded = credential => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toBase64(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: toBase64(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
};

const optionsOf = async form => {
  const stored = form.querySelector("script[type='application/json']");
  if (stored) return JSON.parse(stored.textContent);
  const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The options were not given: ${answer.status}`);
  return (await answer.json()).request_options;
};

const ask = async (kind, options) => {
  if (kind === "get") return navigator.credentials.get({ publicKey: options });
  // Kept on the device where it can be: then it signs in without a password too.
  options.authenticatorSelection = { ...options.authenticatorSelection, residentKey: "preferred", requireResidentKey: false };
  return navigator.credentials.create({ publicKey: options });
};

const prepare = form => {
  const problem = form.querySelector("[role=alert]");
  form.addEventListener("submit", async event => {
    event.preventDefault();
    problem.hidden = true;
    try {
      const credential = await ask(form.dataset.passkey, decoded(await optionsOf(form)));
      form.elements.credential.value = JSON.stringify(encoded(credential));
      // Not requestSubmit: that would come here again.
      form.submit();
    } catch (error) {
      // The person cancelled, the device has no passkey, or the line is down: the words fit all of them.
      console.info(error);
      problem.hidden = false;
    }
  });
  form.hidden = false;
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) prepare(form);
}
