package dev.jiggety.desktop.view.tests;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Check;
import dev.jiggety.model.rules.Schedules;
import java.util.Locale;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** A row of the table: stays the same object while its test changes, so that a selection holds. */
public final class TestRow {
  private final ReadOnlyObjectWrapper<TestPicture> picture;
  private final ReadOnlyObjectWrapper<BasketEntry.@Nullable Kind> waiting =
      new ReadOnlyObjectWrapper<>();
  private String schedule;
  private String searchable;

  TestRow(TestPicture first) {
    picture = new ReadOnlyObjectWrapper<>(first);
    schedule = Schedules.inWords(first.test().schedule());
    searchable = searchable(first);
  }

  /** Takes what is known now; true where the definition is another one. */
  boolean show(TestPicture now) {
    boolean another = !now.rev().equals(picture.get().rev());
    if (another) {
      schedule = Schedules.inWords(now.test().schedule());
      searchable = searchable(now);
    }
    picture.set(now);
    return another;
  }

  void show(@Nullable BasketEntry inBasket) {
    waiting.set(inBasket == null ? null : inBasket.kind());
  }

  /** What kind of change of the test lies in the basket; null for none. */
  public ReadOnlyObjectProperty<BasketEntry.@Nullable Kind> waitingProperty() {
    return waiting.getReadOnlyProperty();
  }

  /** What is known of the test. */
  public ReadOnlyObjectProperty<TestPicture> pictureProperty() {
    return picture.getReadOnlyProperty();
  }

  public TestPicture picture() {
    return picture.get();
  }

  /** The test's id. */
  public String id() {
    return picture.get().test().id();
  }

  /** Its schedule in words. */
  public String schedule() {
    return schedule;
  }

  /** How its verdict looks; a test that is switched off has none. */
  public VerdictLook look() {
    return picture.get().test().active()
        ? VerdictLook.of(picture.get().verdict())
        : VerdictLook.OFF;
  }

  /** Whether every word occurs somewhere in what a person would look for. */
  boolean matches(String[] words) {
    for (String word : words) {
      if (!searchable.contains(word)) {
        return false;
      }
    }
    return true;
  }

  private static String searchable(TestPicture picture) {
    String url = picture.test().check() instanceof Check.Http http ? http.url() : "";
    return String.join(
            " ",
            picture.test().name(),
            picture.test().id(),
            url,
            String.join(" ", picture.test().tags()))
        .toLowerCase(Locale.ROOT);
  }
}
