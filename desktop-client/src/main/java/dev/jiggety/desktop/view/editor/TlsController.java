package dev.jiggety.desktop.view.editor;

import dev.jiggety.model.Check;

/** What a test of a certificate does. */
final class TlsController extends Section {
  TlsController(Parts parts) {
    super(parts, parts.form().kind(Check.Tls.KIND), Check.Tls.KIND);
  }
}
