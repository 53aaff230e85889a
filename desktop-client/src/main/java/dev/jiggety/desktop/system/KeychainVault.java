package dev.jiggety.desktop.system;

import dev.jiggety.base.Secret;
import dev.jiggety.desktop.program.Program;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The keychain of macOS by its {@code security}. To keep a password, the whole command goes to the
 * tool's standard input ({@code security -i}), so that no list of processes shows it.
 */
final class KeychainVault implements Vault {
  private static final String SERVICE = "jiggety";

  private final Tool tool;

  KeychainVault(Tool tool) {
    this.tool = tool;
  }

  @Override
  public State state() {
    return State.SYSTEM;
  }

  @Override
  public void unlock(Secret passphrase) {}

  @Override
  public Optional<Secret> find(Account account) throws IOException {
    Program.Result result =
        tool.call(List.of("find-generic-password", "-s", SERVICE, "-a", name(account), "-w"), "");
    return result.exit() == 0 ? Coded.decode(result.out()) : Optional.empty();
  }

  @Override
  public void keep(Account account, Secret password) throws IOException {
    tool.ask(
        List.of("-i"),
        "add-generic-password -U -s %s -a %s -w %s%n"
            .formatted(SERVICE, quoted(name(account)), quoted(Coded.encode(password))));
    // The tool ends well even where the command that it was given failed.
    if (!find(account).equals(Optional.of(password))) {
      throw new IOException("the keychain did not take the password");
    }
  }

  @Override
  public void forget(Account account) throws IOException {
    tool.call(List.of("delete-generic-password", "-s", SERVICE, "-a", name(account)), "");
  }

  private static String name(Account account) {
    return account.user() + " " + account.hub();
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
