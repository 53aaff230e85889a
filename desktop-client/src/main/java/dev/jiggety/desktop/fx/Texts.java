package dev.jiggety.desktop.fx;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What the program says, from one resource bundle. Immutable. */
public final class Texts {
  /** The bundle's base name. */
  public static final String BUNDLE = "dev.jiggety.desktop.texts";

  private final ResourceBundle bundle;
  private final Locale locale;

  public Texts(Locale locale) {
    this.locale = locale;
    this.bundle = ResourceBundle.getBundle(BUNDLE, locale);
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
}
