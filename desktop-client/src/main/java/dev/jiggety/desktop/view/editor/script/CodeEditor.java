package dev.jiggety.desktop.view.editor.script;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.editor.script.Language.Completion;
import dev.jiggety.desktop.view.editor.script.Language.Flaw;
import dev.jiggety.desktop.view.editor.script.Language.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.LineNumberFactory;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/**
 * A text with colours, line numbers, completion (Ctrl+Space, or while a word is begun), errors in
 * place and find (Ctrl+F). Tab leaves it, so that the keyboard is never caught. FX thread only.
 */
public final class CodeEditor extends VBox {
  private static final int MOST_COMPLETIONS = 12;

  private final Language language;
  private final CodeArea area = new CodeArea();
  private final FindBar find;
  private final FlawList list;
  private final Label help = new Label();
  private final ContextMenu menu = new ContextMenu();
  private List<Flaw> flaws = List.of();
  private boolean taking;

  public CodeEditor(Language language, Texts texts, StringProperty text, String name, String id) {
    super(6);
    this.language = language;
    this.find = new FindBar(area, texts);
    this.list = new FlawList(texts, this::goTo);
    getStyleClass().add("code-editor");
    area.setId(id);
    area.setParagraphGraphicFactory(LineNumberFactory.get(area));
    area.setAccessibleRole(AccessibleRole.TEXT_AREA);
    area.setAccessibleText(name);
    area.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    help.getStyleClass().add("hint");
    help.setWrapText(true);
    help.setMinHeight(USE_PREF_SIZE);
    VirtualizedScrollPane<CodeArea> scroll = new VirtualizedScrollPane<>(area);
    scroll.getStyleClass().add("code-pane");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(find, scroll, help, list);
    follow(text);
    area.caretPositionProperty().addListener((property, before, now) -> explain());
  }

  /** Where the text is typed. */
  public CodeArea area() {
    return area;
  }

  /** Shows what is wrong, in the text and below it. */
  public void showFlaws(List<Flaw> now) {
    if (!now.equals(flaws)) {
      flaws = List.copyOf(now);
      list.show(flaws);
      paint();
      explain();
    }
  }

  /** Opens find. */
  public void find() {
    find.open();
  }

  private void follow(StringProperty text) {
    text.subscribe(now -> {
      if (!Objects.equals(now, area.getText()) && !taking) {
        taking = true;
        area.replaceText(now);
        area.getUndoManager().forgetHistory();
        taking = false;
        paint();
      }
    });
    area.textProperty()
        .addListener((property, before, now) -> {
          if (!taking) {
            taking = true;
            text.set(now);
            taking = false;
            offer(false);
          }
          paint();
        });
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.TAB && !event.isShortcutDown() && !menu.isShowing()) {
      area.requestFocusTraversal(
          event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
      event.consume();
    } else if (event.isShortcutDown() && event.getCode() == KeyCode.SPACE) {
      offer(true);
      event.consume();
    } else if (event.isShortcutDown() && event.getCode() == KeyCode.F) {
      find();
      event.consume();
    }
  }

  private void goTo(Flaw flaw) {
    int line = Math.clamp(flaw.line() - 1, 0, area.getParagraphs().size() - 1);
    int column = Math.clamp(flaw.column() - 1, 0, area.getParagraphLength(line));
    area.moveTo(line, column);
    area.requestFollowCaret();
    area.requestFocus();
  }

  /** Offers what could stand at the caret: when asked, or while a word is begun. */
  private void offer(boolean asked) {
    menu.hide();
    if (!area.isFocused() && !asked) {
      return;
    }
    String line = area.getParagraph(area.getCurrentParagraph()).getText();
    String before = line.substring(0, Math.min(area.getCaretColumn(), line.length()));
    List<Completion> found = language.complete(before);
    boolean begun = found.stream().anyMatch(it -> it.from() < before.length());
    boolean done = found.size() == 1 && before.endsWith(found.getFirst().insert().strip());
    Optional<Bounds> at = area.getCaretBounds();
    if (found.isEmpty() || done || !(asked || begun) || at.isEmpty()) {
      return;
    }
    menu.getItems().setAll(found.stream().limit(MOST_COMPLETIONS).map(this::item).toList());
    menu.show(area, at.get().getMinX(), at.get().getMaxY());
  }

  private MenuItem item(Completion completion) {
    MenuItem item = new MenuItem(completion.insert().strip() + "   " + completion.help());
    item.setMnemonicParsing(false);
    item.setOnAction(event -> {
      int paragraph = area.getCurrentParagraph();
      area.replaceText(
          paragraph, completion.from(), paragraph, area.getCaretColumn(), completion.insert());
    });
    return item;
  }

  private void explain() {
    int line = area.getCurrentParagraph();
    String text = language.explain(area.getParagraph(line).getText());
    String wrong =
        flaws.stream()
            .filter(flaw -> flaw.line() == line + 1)
            .map(Flaw::message)
            .findFirst()
            .orElse("");
    help.setText(text);
    area.setAccessibleHelp(wrong.isEmpty() ? text : wrong);
  }

  private void paint() {
    if (area.getLength() > 0) {
      area.setStyleSpans(0, spans());
    }
  }

  private StyleSpans<Collection<String>> spans() {
    StyleSpansBuilder<Collection<String>> colours = new StyleSpansBuilder<>();
    StyleSpansBuilder<Collection<String>> wrong = new StyleSpansBuilder<>();
    String[] lines = area.getText().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int length = lines[i].length() + (i < lines.length - 1 ? 1 : 0);
      int at = 0;
      for (Mark mark : language.marks(lines[i])) {
        colours.add(List.of(), mark.from() - at);
        colours.add(List.of("code-" + mark.style()), mark.to() - mark.from());
        at = mark.to();
      }
      colours.add(List.of(), length - at);
      flaws(wrong, lines[i], i + 1, length);
    }
    return colours.create().overlay(wrong.create(), CodeEditor::both);
  }

  private void flaws(
      StyleSpansBuilder<Collection<String>> wrong, String line, int number, int length) {
    Optional<Flaw> here = flaws.stream().filter(it -> it.line() == number).findFirst();
    int from =
        here.map(it -> Math.clamp(it.column() - 1, 0, Math.max(0, line.length() - 1))).orElse(0);
    int to = here.isEmpty() ? 0 : line.length();
    wrong.add(List.of(), from);
    wrong.add(List.of("code-flaw"), Math.max(0, to - from));
    wrong.add(List.of(), length - Math.max(from, to));
  }

  private static Collection<String> both(Collection<String> one, Collection<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
