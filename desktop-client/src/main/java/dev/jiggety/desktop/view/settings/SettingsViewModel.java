package dev.jiggety.desktop.view.settings;

import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.session.Settings;
import dev.jiggety.desktop.session.SettingsFile;

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

  /** Forgets all hubs and users. */
  public void forgetHubs() {
    desk.tasks()
        .create(() -> {
          file.change(Settings::withoutHubs);
          return true;
        })
        .onSuccess(done -> desk.dialogs().say(Tone.DONE, desk.texts().get("settings.forgotten")))
        .start();
  }
}
