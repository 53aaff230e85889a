package dev.jiggety.desktop.system;

import dev.jiggety.base.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the vault of a system: its key store where one answers, else a sealed file. */
public final class Vaults {
  private Vaults() {}

  /**
   * A vault that is looked for when it is first used: asking the system takes a while.
   *
   * @param os as {@code os.name} says
   * @param folder where files are kept
   */
  public static Vault of(String os, Map<String, String> environment, Path folder) {
    return new Later(() -> find(os, environment, folder));
  }

  static Vault find(String os, Map<String, String> environment, Path folder) {
    Optional<? extends Vault> system =
        switch (Os.of(os)) {
          case LINUX ->
              Tool.find("secret-tool", environment)
                  .map(SecretToolVault::new)
                  .filter(SecretToolVault::answers);
          case MAC -> Tool.find("security", environment).map(KeychainVault::new);
          case WINDOWS ->
              Tool.find("powershell.exe", environment)
                  .map(tool -> new DpapiVault(tool, folder.resolve("passwords.dpapi.json")));
        };
    return system.isPresent()
        ? system.get()
        : new SealedVault(folder.resolve("passwords.sealed.json"));
  }

  private static final class Later implements Vault {
    private final Supplier<Vault> search;
    private @Nullable Vault found;

    Later(Supplier<Vault> search) {
      this.search = search;
    }

    private synchronized Vault its() {
      Vault known = found;
      if (known == null) {
        known = search.get();
        found = known;
      }
      return known;
    }

    @Override
    public State state() {
      return its().state();
    }

    @Override
    public void unlock(Secret passphrase) throws IOException {
      its().unlock(passphrase);
    }

    @Override
    public Optional<Secret> find(Account account) throws IOException {
      return its().find(account);
    }

    @Override
    public void keep(Account account, Secret password) throws IOException {
      its().keep(account, password);
    }

    @Override
    public void forget(Account account) throws IOException {
      its().forget(account);
    }
  }
}
