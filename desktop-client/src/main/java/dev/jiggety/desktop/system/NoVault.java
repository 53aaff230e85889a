package dev.jiggety.desktop.system;

import dev.jiggety.base.Secret;
import java.util.Optional;

/** Keeps nothing. */
final class NoVault implements Vault {
  @Override
  public State state() {
    return State.NONE;
  }

  @Override
  public void unlock(Secret passphrase) {}

  @Override
  public Optional<Secret> find(Account account) {
    return Optional.empty();
  }

  @Override
  public void keep(Account account, Secret password) {}

  @Override
  public void forget(Account account) {}
}
