package dev.jiggety.desktop.system;

import dev.jiggety.base.Secret;
import java.io.IOException;
import java.util.Optional;

/** Where passwords of hubs are kept over restarts. Blocks. Safe for any thread. */
public interface Vault {
  /** Whose password it is. */
  record Account(String hub, String user) {}

  /** How it stands. */
  enum State {
    /** The system's key store; it asks for what it needs by itself. */
    SYSTEM,
    /** A sealed file, and its passphrase was given. */
    OPEN,
    /** A sealed file that waits for its passphrase. */
    LOCKED,
    /** A sealed file that is not there yet: the first passphrase makes it. */
    NEW,
    /** Nothing is kept. */
    NONE
  }

  /** A vault that keeps nothing. */
  Vault NONE = new NoVault();

  State state();

  /**
   * Gives the passphrase of a sealed file; nothing for other vaults.
   *
   * @throws WrongPassphrase when it does not open the file
   * @throws IOException when the file cannot be read
   */
  void unlock(Secret passphrase) throws IOException;

  /** The password that is kept; empty for none, and where the vault is locked. */
  Optional<Secret> find(Account account) throws IOException;

  /**
   * Keeps a password, in the place of an earlier one.
   *
   * @throws IOException when it cannot be kept, one line for people; never the password in it
   */
  void keep(Account account, Secret password) throws IOException;

  /** Forgets a password; nothing when there is none. */
  void forget(Account account) throws IOException;

  /** Somebody gave the wrong passphrase. */
  final class WrongPassphrase extends IOException {
    private static final long serialVersionUID = 1;

    public WrongPassphrase() {
      super("the passphrase does not open the file of passwords");
    }
  }
}
