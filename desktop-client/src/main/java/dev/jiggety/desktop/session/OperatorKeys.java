package dev.jiggety.desktop.session;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The key with which the operator signs: from the file that was chosen, else from {@code
 * operator.key} in the configuration folder. FX thread only; files are read in the background.
 */
public final class OperatorKeys {
  private final Tasks tasks;
  private final KeyStore store;
  private final SettingsFile settings;
  private final Path usual;
  private final List<Consumer<KeyState>> listeners = new CopyOnWriteArrayList<>();
  private KeyState state;
  private @Nullable Path lent;

  /**
   * The keys of a person.
   *
   * @param usual where the key is when no other file was chosen
   */
  public OperatorKeys(Tasks tasks, KeyStore store, SettingsFile settings, Path usual) {
    this.tasks = tasks;
    this.store = store;
    this.settings = settings;
    this.usual = usual;
    this.state = new KeyState.None(file());
  }

  /** How it stands. */
  public KeyState state() {
    return state;
  }

  /** Tells the present state at once, then every change. */
  public Pin subscribe(Consumer<KeyState> listener) {
    listeners.add(listener);
    listener.accept(state);
    return () -> listeners.remove(listener);
  }

  /** Looks for the key anew. */
  public void reload() {
    Path file = file();
    begin(() -> read(file));
  }

  /** Takes the key of another file from now on. */
  public void choose(Path file) {
    lent = null;
    begin(() -> {
      settings.change(known -> known.withKeyFile(file.toString()));
      return read(file);
    });
  }

  /** Takes a key that goes with the hub that we are about to see, and remembers nothing of it. */
  public void borrow(Path file) {
    lent = file;
    reload();
  }

  /** Takes the operator's own key again. */
  public void giveBack() {
    if (lent != null) {
      lent = null;
      reload();
    }
  }

  /** Makes a new key in the file where it belongs; never over one that is there. */
  public void create(String name) {
    Path file = file();
    begin(() -> {
      try {
        return new KeyState.Ready(file, store.create(file, name));
      } catch (FileAlreadyExistsException e) {
        return read(file);
      } catch (IOException e) {
        return new KeyState.Unusable(file, reason(e));
      }
    });
  }

  private Path file() {
    if (lent != null) {
      return lent;
    }
    String chosen = settings.get().keyFile();
    return chosen.isEmpty() ? usual : Path.of(chosen);
  }

  private void begin(Callable<KeyState> work) {
    tasks.create(work).onSuccess(this::become).start();
  }

  private KeyState read(Path file) {
    try {
      return new KeyState.Ready(file, store.read(file));
    } catch (NoSuchFileException e) {
      return new KeyState.None(file);
    } catch (IOException e) {
      return new KeyState.Unusable(file, reason(e));
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void become(KeyState next) {
    state = next;
    listeners.forEach(listener -> listener.accept(next));
  }
}
