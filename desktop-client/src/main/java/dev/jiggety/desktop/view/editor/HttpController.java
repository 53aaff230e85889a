package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.form.Group;
import dev.jiggety.model.Check;
import javafx.fxml.FXML;
import javafx.scene.layout.VBox;

/** What an http test does: its request, those before it, and redirects. */
final class HttpController extends Section {
  @FXML private VBox request;

  HttpController(Parts parts) {
    super(parts, parts.form().kind(Check.Http.KIND), Check.Http.KIND);
    Group http = parts.form().kind(Check.Http.KIND);
    request.getChildren().add(new RequestController(parts, http, Check.Http.KIND).view());
  }
}
