package dev.jiggety.desktop.view.editor;

import dev.jiggety.model.Check;

/** What a test of a name does. */
final class DnsController extends Section {
  DnsController(Parts parts) {
    super(parts, parts.form().kind(Check.Dns.KIND), Check.Dns.KIND);
  }
}
