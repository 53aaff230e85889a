package dev.jiggety.desktop.testing;

import dev.jiggety.base.Secret;
import dev.jiggety.desktop.system.Vault;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A vault in memory. */
public final class FakeVault implements Vault {
  public static final String PASSPHRASE = "open sesame";

  public final Map<Account, Secret> kept = new HashMap<>();
  public boolean broken;
  private State state;

  public FakeVault(State state) {
    this.state = state;
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public void unlock(Secret passphrase) throws IOException {
    if (!passphrase.reveal().equals(PASSPHRASE)) {
      throw new WrongPassphrase();
    }
    state = State.OPEN;
  }

  @Override
  public Optional<Secret> find(Account account) {
    return state == State.LOCKED ? Optional.empty() : Optional.ofNullable(kept.get(account));
  }

  @Override
  public void keep(Account account, Secret password) throws IOException {
    if (broken) {
      throw new IOException("the key store is full");
    }
    kept.put(account, password);
  }

  @Override
  public void forget(Account account) {
    kept.remove(account);
  }
}
