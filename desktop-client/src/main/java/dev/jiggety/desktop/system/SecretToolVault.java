package dev.jiggety.desktop.system;

import dev.jiggety.base.Secret;
import dev.jiggety.desktop.program.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The key store of Linux desktops (the Secret Service of freedesktop.org) by libsecret's {@code
 * secret-tool}.
 */
final class SecretToolVault implements Vault {
  private static final Duration SHORT = Duration.ofSeconds(3);

  private final Tool tool;

  SecretToolVault(Tool tool) {
    this.tool = tool;
  }

  /** Whether a key store answers behind the tool: it can be installed where none runs. */
  boolean answers() {
    try {
      Program.Result result =
          tool.within(SHORT).call(List.of("lookup", "service", "jiggety-probe"), "");
      return result.exit() == 0 || result.errors().isBlank(); // 1 and silence: nothing found
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public State state() {
    return State.SYSTEM;
  }

  @Override
  public void unlock(Secret passphrase) {}

  @Override
  public Optional<Secret> find(Account account) throws IOException {
    Program.Result result = tool.call(with("lookup", account), "");
    return result.exit() == 0 ? Coded.decode(result.out()) : Optional.empty();
  }

  @Override
  public void keep(Account account, Secret password) throws IOException {
    List<String> store = with("store", account, "--label=Jiggety " + account.hub());
    tool.ask(store, Coded.encode(password));
  }

  @Override
  public void forget(Account account) throws IOException {
    tool.call(with("clear", account), "");
  }

  private static List<String> with(String verb, Account account, String... options) {
    List<String> words = new ArrayList<>(List.of(verb));
    words.addAll(List.of(options));
    words.addAll(List.of("service", "jiggety", "hub", account.hub(), "user", account.user()));
    return words;
  }
}
