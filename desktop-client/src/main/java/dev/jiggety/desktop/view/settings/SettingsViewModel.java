package dev.jiggety.desktop.view.settings;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.session.Settings;
import dev.jiggety.desktop.session.SettingsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What the settings show and do. FX thread only. */
public final class SettingsViewModel {
  private final Desk desk;
  private final SettingsFile file;

  public SettingsViewModel(Desk desk, SettingsFile file) {
    this.desk = desk;
    this.file = file;
  }

  /** Where the settings are kept. */
  public String path() {
    return file.path().toString();
  }

  /** The languages to choose from, by their tags; empty for the system's. */
  public List<String> languages() {
    List<String> tags = new ArrayList<>(List.of(""));
    Texts.LANGUAGES.forEach(language -> tags.add(language.toLanguageTag()));
    return tags;
  }

  /** A language in its own words, so that whoever reads it finds it. */
  public String languageName(String tag) {
    Locale language = Locale.forLanguageTag(tag);
    return tag.isEmpty()
        ? desk.texts().get("settings.language.system")
        : language.getDisplayLanguage(language);
  }

  /** The language that is remembered. */
  public String language() {
    return file.get().look().language();
  }

  /** Takes a language from the next start on, and says so in the words of now. */
  public void choose(String language) {
    if (!language.equals(language())) {
      remember(
          look -> look.withLanguage(language),
          () -> desk.dialogs().say(Tone.DONE, desk.texts().get("settings.language.next")));
    }
  }

  /** Whether the desktop's own notifications are wanted. */
  public boolean notices() {
    return file.get().look().notices();
  }

  /** Wants them, or not. */
  public void notices(boolean wanted) {
    remember(look -> look.withNotices(wanted), () -> {});
  }

  /** Forgets all hubs and users. */
  public void forgetHubs() {
    change(
        Settings::withoutHubs,
        () -> desk.dialogs().say(Tone.DONE, desk.texts().get("settings.forgotten")));
  }

  private void remember(UnaryOperator<Settings.Look> look, Runnable after) {
    change(known -> known.withLook(look.apply(known.look())), after);
  }

  private void change(UnaryOperator<Settings> change, Runnable after) {
    desk.tasks()
        .create(() -> {
          file.change(change);
          return true;
        })
        .onSuccess(done -> after.run())
        .start();
  }
}
