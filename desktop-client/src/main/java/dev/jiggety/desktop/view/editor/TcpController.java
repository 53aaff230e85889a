package dev.jiggety.desktop.view.editor;

import dev.jiggety.model.Check;

/** What a test of a port does. */
final class TcpController extends Section {
  TcpController(Parts parts) {
    super(parts, parts.form().kind(Check.Tcp.KIND), Check.Tcp.KIND);
  }
}
