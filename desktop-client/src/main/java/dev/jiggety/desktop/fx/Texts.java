package dev.jiggety.desktop.fx;

import java.text.MessageFormat;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.jspecify.annotations.Nullable;

/**
 * What the program says. Every room has its words beside its code, in {@code texts.properties}
 * (English) and {@code texts_de.properties} (German); together they are one bundle, in which no key
 * stands twice. Immutable.
 */
public final class Texts {
  /** The rooms that have words of their own; "" is what all of them share. */
  public static final List<String> ROOMS =
      List.of(
          "",
          "run",
          "shell",
          "trial",
          "widget",
          "view.alerting",
          "view.connect",
          "view.editor",
          "view.incidents",
          "view.nodes",
          "view.overview",
          "view.patches",
          "view.results",
          "view.settings",
          "view.start",
          "view.tests");

  /** The languages that there are words in; the first is the one for everybody else. */
  public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

  private static final String DESKTOP = "dev.jiggety.desktop.";
  private static final Control NO_OTHER_LANGUAGE =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

  private final ResourceBundle bundle;
  private final Locale locale;

  /** The words in the language of the locale, or in English. */
  public Texts(Locale locale) {
    this.locale = locale;
    Map<String, Object> words = new HashMap<>();
    for (String room : ROOMS) {
      ResourceBundle its = bundle(room, locale);
      for (String key : its.keySet()) {
        if (words.put(key, its.getString(key)) != null) {
          throw new IllegalStateException("a second text " + key + " in room " + room);
        }
      }
    }
    this.bundle = new AllRooms(words);
  }

  /**
   * The words in the language that was chosen, like {@code de}; empty for the system's.
   *
   * @param system in whose manner numbers and dates are written where the language is the system's
   */
  public static Texts in(String chosen, Locale system) {
    return new Texts(
        chosen.isEmpty() || chosen.equals(system.getLanguage())
            ? system
            : Locale.forLanguageTag(chosen));
  }

  /** The words of one room. */
  public static ResourceBundle bundle(String room, Locale locale) {
    String name = DESKTOP + (room.isEmpty() ? "" : room + ".") + "texts";
    return ResourceBundle.getBundle(name, locale, NO_OTHER_LANGUAGE);
  }

  /** The bundle, for FXML. */
  public ResourceBundle bundle() {
    return bundle;
  }

  /** The language in which numbers and dates are written too. */
  public Locale locale() {
    return locale;
  }

  /**
   * The text of a key, its places filled as by {@link MessageFormat}.
   *
   * @throws java.util.MissingResourceException when there is no such key
   */
  public String get(String key, @Nullable Object... places) {
    return new MessageFormat(bundle.getString(key), locale).format(places);
  }

  private static final class AllRooms extends ResourceBundle {
    private final Map<String, Object> words;

    AllRooms(Map<String, Object> words) {
      this.words = Map.copyOf(words);
    }

    @Override
    protected @Nullable Object handleGetObject(String key) {
      return words.get(key);
    }

    @Override
    public Enumeration<String> getKeys() {
      return Collections.enumeration(words.keySet());
    }
  }
}
