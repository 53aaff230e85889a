package dev.jiggety.desktop.view.editor;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.view.editor.form.FormReader;
import dev.jiggety.desktop.view.editor.form.FormReader.Reading;
import dev.jiggety.desktop.view.editor.form.TestForm;
import dev.jiggety.document.yaml.TestText;
import dev.jiggety.document.yaml.TestText.Flaw;
import dev.jiggety.document.yaml.TestYaml;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * The test as YAML, in step with the form both ways. As long as the text is no YAML the form stays
 * as it was, and the text stays as it was typed. FX thread only.
 */
public final class SourceViewModel {
  private final TestForm form;
  private final StringProperty text = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<List<Flaw>> flaws = new ReadOnlyObjectWrapper<>(List.of());
  private boolean writing;
  private boolean reading;
  private boolean shown;
  private boolean broken;
  private JsonObject whenItBroke = new JsonObject();
  private Runnable listener = () -> {};

  SourceViewModel(TestForm form) {
    this.form = form;
    text.addListener((property, before, now) -> typed(now));
  }

  /** What is typed. */
  public StringProperty textProperty() {
    return text;
  }

  /** What is wrong, with line and column. */
  public ReadOnlyObjectProperty<List<Flaw>> flawsProperty() {
    return flaws.getReadOnlyProperty();
  }

  /** Whether it is seen; as long as it is not, nothing is written. */
  public void show(boolean now) {
    shown = now;
    if (now && !broken) {
      follow();
    }
  }

  /** Whether the text is no YAML, so that the form does not say what is typed. */
  boolean isBroken() {
    return broken;
  }

  /** Told when the text turns into no YAML, or out of it. */
  void onBroken(Runnable action) {
    listener = action;
  }

  /** Forgets a text that is no YAML. */
  void reset() {
    broken = false;
    follow();
  }

  /** The form has changed: says so, unless it was by this text. */
  void follow() {
    if (!shown || reading || broken) {
      return;
    }
    JsonObject json = form.json();
    Reading read = FormReader.read(json);
    String source = read.whole() ? TestYaml.write(read.test()) : TestText.write(json);
    writing = true;
    text.set(source);
    writing = false;
    judge(TestText.parse(source), read);
  }

  private void typed(String now) {
    if (writing) {
      return;
    }
    TestText parsed = TestText.parse(now);
    Optional<JsonObject> json = parsed.json();
    boolean was = broken;
    broken = json.isEmpty();
    if (broken) {
      whenItBroke = was ? whenItBroke : form.json();
      flaws.set(parsed.flaws());
    } else {
      JsonObject since = form.json();
      boolean formToo = was && !since.equals(whenItBroke);
      reading = true;
      form.fill(formToo ? Merge.both(whenItBroke, since, json.get()) : json.get());
      reading = false;
      judge(parsed, FormReader.read(json.get()));
      if (formToo) {
        follow(); // the form was changed while the text said nothing
      }
    }
    if (was != broken) {
      listener.run();
    }
  }

  private void judge(TestText parsed, Reading read) {
    flaws.set(
        read.problems().entrySet().stream()
            .map(problem ->
                parsed.at(problem.getKey(), problem.getKey() + ": " + problem.getValue()))
            .sorted(Comparator.comparingInt(Flaw::line))
            .toList());
  }
}
