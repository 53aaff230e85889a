package dev.jiggety.desktop.view.connect;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.couch.Certificates;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.session.HubConnector;
import dev.jiggety.desktop.session.Settings.KnownHub;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS believes, as the screen for choosing a hub shows it: a file, or an authority whose
 * fingerprint a person has compared. FX thread only; what blocks runs as a task.
 */
final class Authorities {
  private final Tasks tasks;
  private final HubConnector connector;
  private final Path folder;
  private final StringProperty file = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper fingerprint = new ReadOnlyStringWrapper("");
  private @Nullable X509Certificate stranger;
  private int asked;

  /**
   * Whom to believe.
   *
   * @param folder where the certificates are kept that a person believed
   */
  Authorities(Tasks tasks, HubConnector connector, Path folder) {
    this.tasks = tasks;
    this.connector = connector;
    this.folder = folder;
  }

  /** The file of authorities; empty for whom this machine believes. */
  StringProperty fileProperty() {
    return file;
  }

  /**
   * The file that counts for an address: http asks for none; a hub that was believed once keeps its
   * authority until another file is given, also where somebody types its address anew.
   */
  String file(HubAddress address, Optional<KnownHub> known) {
    String given = file.get().strip();
    if (!address.isTls()) {
      return "";
    }
    return given.isEmpty() ? known.map(KnownHub::authority).orElse("") : given;
  }

  /** The fingerprint of an authority that is not known; empty when there is none to compare. */
  ReadOnlyStringProperty fingerprintProperty() {
    return fingerprint.getReadOnlyProperty();
  }

  /** Whether an address is spoken to by TLS. */
  static BooleanBinding isTls(StringProperty url) {
    return Bindings.createBooleanBinding(
        () -> url.get() != null && url.get().strip().regionMatches(true, 0, "https:", 0, 6), url);
  }

  /** Forgets what was to be compared. */
  void reset() {
    asked++;
    stranger = null;
    fingerprint.set("");
  }

  /**
   * Looks whether a hub that could not be spoken to is one whose authority is not known. Not where
   * a file was given: a hub that was believed once and shows another authority now is not believed
   * by the same click.
   */
  void look(KnownHub hub) {
    reset();
    HubAddress address = HubAddress.parseAll(hub.url(), Optional.empty()).getFirst();
    if (!address.isTls() || !hub.authority().isEmpty()) {
      return;
    }
    int mine = asked;
    tasks
        .create(() -> connector.stranger(address, hub.trust()))
        .onSuccess(found -> {
          if (mine == asked && found.isPresent()) {
            stranger = found.get();
            fingerprint.set(Certificates.forPeople(Certificates.fingerprint(found.get())));
          }
        })
        .start();
  }

  /**
   * Believes the authority that is shown: keeps its certificate in a file, and from now on believes
   * that one alone.
   *
   * @param then goes on
   * @param failed is told why the file could not be written
   */
  void believe(Runnable then, Consumer<IOException> failed) {
    X509Certificate compared = stranger;
    if (compared == null) {
      return;
    }
    Path kept = folder.resolve(Certificates.fingerprint(compared) + ".pem");
    tasks
        .create(() -> {
          PrivateFiles.replace(kept, Certificates.pem(compared));
          return kept.toString();
        })
        .onSuccess(written -> {
          reset();
          file.set(written);
          then.run();
        })
        .onError(IOException.class, failed)
        .start();
  }
}
