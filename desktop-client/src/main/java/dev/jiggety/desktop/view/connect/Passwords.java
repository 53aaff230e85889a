package dev.jiggety.desktop.view.connect;

import dev.jiggety.base.Secret;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.system.Vault;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * Passwords that are kept, as the screen for choosing a hub shows them. Properties on the FX thread
 * only; what blocks says so.
 */
final class Passwords {
  private static final System.Logger LOG = System.getLogger(Passwords.class.getName());

  private final Tasks tasks;
  private final Vault vault;
  private final ReadOnlyObjectWrapper<Vault.State> state =
      new ReadOnlyObjectWrapper<>(Vault.State.NONE);
  private final ReadOnlyBooleanWrapper kept = new ReadOnlyBooleanWrapper();
  private final BooleanProperty keep = new SimpleBooleanProperty();
  private final StringProperty passphrase = new SimpleStringProperty("");
  private int asked;

  Passwords(Tasks tasks, Vault vault) {
    this.tasks = tasks;
    this.vault = vault;
  }

  /** How the vault stands. */
  ReadOnlyObjectProperty<Vault.State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** Whether a password is kept for what is typed. */
  ReadOnlyBooleanProperty keptProperty() {
    return kept.getReadOnlyProperty();
  }

  /** Whether the password shall be kept. */
  BooleanProperty keepProperty() {
    return keep;
  }

  /** What is typed to open the sealed file. */
  StringProperty passphraseProperty() {
    return passphrase;
  }

  /** Whether nothing can be kept before somebody gives a passphrase. */
  boolean wantsPassphrase() {
    return keep.get()
        && passphrase.get().isEmpty()
        && (state.get() == Vault.State.LOCKED || state.get() == Vault.State.NEW);
  }

  /** Looks whether there is a password for a hub. */
  void look(KnownHub hub) {
    look(hub, kept -> {});
  }

  /** Looks whether there is a password for a hub, and says so. */
  void look(KnownHub hub, Consumer<Boolean> told) {
    int mine = ++asked;
    tasks
        .create(() -> new Found(vault.state(), vault.find(account(hub)).isPresent()))
        .onSuccess(found -> {
          if (mine == asked) {
            state.set(found.state());
            kept.set(found.kept());
            keep.set(found.kept());
            told.accept(found.kept());
          }
        })
        .onError(IOException.class, this::cannotRead)
        .start();
  }

  private void cannotRead(IOException e) {
    LOG.log(System.Logger.Level.WARNING, "kept passwords cannot be read: " + e.getMessage());
    kept.set(false);
  }

  private record Found(Vault.State state, boolean kept) {}

  /** What the person wants, as it stood when the button was pressed. */
  record Wish(Secret passphrase, boolean keep, boolean kept) {}

  Wish wish() {
    return new Wish(Secret.of(passphrase.get()), keep.get(), kept.get());
  }

  /**
   * The password of a hub; blocks.
   *
   * @param typed it counts where it is not empty
   * @throws IOException when the vault does not open; one line for people
   */
  Secret password(Wish wish, KnownHub hub, Secret typed) throws IOException {
    if (!wish.passphrase().reveal().isEmpty()) {
      vault.unlock(wish.passphrase());
    }
    return typed.reveal().isEmpty() ? vault.find(account(hub)).orElse(typed) : typed;
  }

  /**
   * Keeps or forgets a password that the hub has taken; blocks.
   *
   * @return why it could not be done, for people
   */
  Optional<String> settle(Wish wish, KnownHub hub, Secret password) {
    try {
      if (wish.keep() && !hub.user().isEmpty()) {
        vault.keep(account(hub), password);
      } else if (wish.kept()) {
        vault.forget(account(hub));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Neither keeps nor forgets anything, whatever was wanted of the hub that was shown. */
  void leave() {
    asked++;
    kept.set(false);
    keep.set(false);
  }

  /** Forgets what was typed. */
  void used() {
    passphrase.set("");
  }

  private static Vault.Account account(KnownHub hub) {
    return new Vault.Account(hub.url(), hub.user());
  }
}
