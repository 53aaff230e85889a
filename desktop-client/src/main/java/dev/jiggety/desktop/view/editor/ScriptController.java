package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.form.Group;
import dev.jiggety.desktop.view.editor.script.CodeEditor;
import dev.jiggety.desktop.view.editor.script.Language.Completion;
import dev.jiggety.desktop.view.editor.script.Language.Flaw;
import dev.jiggety.desktop.view.editor.script.Twill;
import dev.jiggety.model.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.fxml.FXML;
import javafx.scene.layout.VBox;

/** A script: its text with errors in place, its variables, what plays the browser. */
final class ScriptController extends Section {
  private static final Pattern PLACE =
      Pattern.compile("script\\.source(?::(?<line>\\d+):(?<column>\\d+))?");

  private final CodeEditor editor;

  @FXML private VBox place;

  ScriptController(Parts parts) {
    super(parts, parts.form().kind(Check.Script.KIND), Check.Script.KIND);
    Group script = parts.form().kind(Check.Script.KIND);
    Twill language =
        new Twill(
            () -> script.rows("variables").stream().map(it -> it.text("name").get()).toList(),
            before -> secrets(parts, before));
    editor =
        new CodeEditor(
            language,
            parts.texts(),
            script.text("source"),
            parts.texts().get("editor.script.source"),
            "scriptSource");
    editor.setPrefHeight(320);
    place.getChildren().add(editor);
  }

  /** Names of secrets as an editor completes them. */
  static List<Completion> secrets(Parts parts, String before) {
    int from = parts.secrets().begin(before);
    return parts.secrets().after(before).stream()
        .map(word -> new Completion(word, parts.texts().get("editor.secret"), from))
        .toList();
  }

  /** Shows what is wrong with the text at its lines. */
  void showProblems(Map<String, String> problems) {
    List<Flaw> flaws = new ArrayList<>();
    problems.forEach((at, message) -> {
      Matcher matcher = PLACE.matcher(at);
      if (matcher.matches()) {
        boolean placed = matcher.group("line") != null;
        flaws.add(
            new Flaw(
                placed ? Integer.parseInt(matcher.group("line")) : 1,
                placed ? Integer.parseInt(matcher.group("column")) : 1,
                message));
      }
    });
    editor.showFlaws(flaws);
  }

  /** Whether a place is shown in the text itself. */
  static boolean shows(String place) {
    return PLACE.matcher(place).matches();
  }
}
