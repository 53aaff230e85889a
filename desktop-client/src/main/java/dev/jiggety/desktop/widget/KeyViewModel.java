package dev.jiggety.desktop.widget;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.KeyState;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.PatchDesk;
import dev.jiggety.desktop.session.Session;
import java.nio.file.Path;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * What is said of the operator's key, and how one is made or chosen; with a hub, whether the hub
 * believes it, and else what an administrator has to run. FX thread only.
 */
public final class KeyViewModel {
  private final Desk desk;
  private final OperatorKeys keys;
  private final @Nullable Session session;
  private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper remedy = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper command = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper missing = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
  private final StringProperty name = new SimpleStringProperty(System.getProperty("user.name", ""));

  /** Without a hub, before one is chosen. */
  public KeyViewModel(Desk desk, OperatorKeys keys) {
    this(desk, keys, null);
  }

  public KeyViewModel(Desk desk, OperatorKeys keys, @Nullable Session session) {
    this.desk = desk;
    this.keys = keys;
    this.session = session;
  }

  /** Begins to follow the key. */
  public Pin activate() {
    return keys.subscribe(this::show);
  }

  /** One line: whose key it is and where, or that there is none. */
  public ReadOnlyStringProperty stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** What is missing and what to do; empty for nothing. */
  public ReadOnlyStringProperty remedyProperty() {
    return remedy.getReadOnlyProperty();
  }

  /** What an administrator has to run; empty for nothing. */
  public ReadOnlyStringProperty commandProperty() {
    return command.getReadOnlyProperty();
  }

  /** Whether there is no key, so that one can be made. */
  public ReadOnlyBooleanProperty missingProperty() {
    return missing.getReadOnlyProperty();
  }

  /** Whether there is a key that can sign. */
  public ReadOnlyBooleanProperty readyProperty() {
    return ready.getReadOnlyProperty();
  }

  /** The name that a new key is made for. */
  public StringProperty nameProperty() {
    return name;
  }

  /** Makes a key for that name. */
  public void create() {
    String whose = name.get().strip();
    if (!whose.isEmpty()) {
      keys.create(whose);
    }
  }

  /** Takes the key of another file. */
  public void choose(Path file) {
    keys.choose(file);
  }

  /** Looks for the key, and asks the hub about it, anew. */
  public void reload() {
    keys.reload();
  }

  private void show(KeyState now) {
    missing.set(now instanceof KeyState.None);
    ready.set(now instanceof KeyState.Ready);
    remedy.set("");
    command.set("");
    switch (now) {
      case KeyState.None none -> {
        state.set(desk.texts().get("key.none", none.file()));
        remedy.set(desk.texts().get("key.none.remedy"));
      }
      case KeyState.Unusable(var file, var reason) -> {
        state.set(desk.texts().get("key.unusable", file));
        remedy.set(reason);
      }
      case KeyState.Ready key -> {
        state.set(desk.texts().get("key.ready", key.name(), key.file()));
        if (session != null) {
          session.patches().survey(survey -> showTrust(session, key, survey), refusal -> {});
        }
      }
    }
  }

  private void showTrust(Session hub, KeyState.Ready key, PatchDesk.Survey survey) {
    if (!key.equals(keys.state())) {
      return; // another one was chosen while the hub was asked
    }
    if (!survey.managed()) {
      remedy.set(desk.texts().get("key.unmanaged"));
      command.set(desk.texts().get("key.unmanaged.command", hub.hub().url(), key.publicFile()));
    } else if (!survey.trusted()) {
      remedy.set(desk.texts().get("key.untrusted", key.name()));
      command.set(desk.texts().get("key.untrusted.command", hub.hub().url(), key.publicFile()));
    } else {
      state.set(desk.texts().get("key.trusted", key.name(), key.file()));
    }
  }
}
