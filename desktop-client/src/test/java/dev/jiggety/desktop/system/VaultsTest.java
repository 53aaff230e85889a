package dev.jiggety.desktop.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.base.Secret;
import dev.jiggety.desktop.system.Vault.Account;
import dev.jiggety.desktop.system.Vault.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every vault keeps, finds and forgets; tools of the systems are played by scripts. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the tools are played by shell scripts")
class VaultsTest {
  private static final Account ANN = new Account("http://hub:5984", "ann");
  private static final Account BOB = new Account("http://hub:5984", "bob");
  private static final Secret PASSWORD = Secret.of("grüße \"quoted\" $x \\ 'y'\nsecond line");

  /** Keeps what it is given in a file named after user and hub; writes down how it was called. */
  private static final String SECRET_TOOL =
      """
      #!/bin/sh
      echo "$@" >> "%1$s/calls"
      verb=$1; shift
      case $1 in --label=*) shift;; esac
      file="%1$s/kept-$(echo "$@" | cksum | cut -d' ' -f1)"
      case $verb in
        store) cat > "$file";;
        lookup) [ -f "$file" ] && cat "$file";;
        clear) rm -f "$file";;
      esac
      """;

  private static final String NO_SERVICE =
      """
      #!/bin/sh
      echo "secret-tool: Cannot autolaunch D-Bus without X11 $DISPLAY" >&2
      exit 1
      """;

  private static final String SECURITY =
      """
      #!/bin/sh
      echo "$@" >> "%1$s/calls"
      [ "$1" = -i ] && read -r line && eval "set -- $line"
      verb=$1; shift; word=''
      while [ $# -gt 0 ]; do
        case $1 in -a) account=$2; shift;; -w) word=${2:-}; [ $# -gt 1 ] && shift;; esac; shift
      done
      file="%1$s/kept-$(echo "$account" | cksum | cut -d' ' -f1)"
      case $verb in
        add-generic-password) printf '%%s\\n' "$word" > "$file";;
        find-generic-password) cat "$file" 2>/dev/null || exit 44;;
        delete-generic-password) rm -f "$file";;
      esac
      """;

  /** Turns letters round, which is as good a seal as any for this. */
  private static final String POWERSHELL =
      """
      #!/bin/sh
      echo "$@" >> "%1$s/calls"
      tr 'A-Za-z' 'N-ZA-Mn-za-m'
      """;

  @TempDir Path folder;

  @Test
  void onLinuxTheKeyStoreOfTheDesktop() throws IOException {
    tool("secret-tool", SECRET_TOOL);
    keepsFindsAndForgets(vault("Linux"), State.SYSTEM);
  }

  @Test
  void onAMacTheKeychain() throws IOException {
    tool("security", SECURITY);
    keepsFindsAndForgets(vault("Mac OS X"), State.SYSTEM);
  }

  @Test
  void onWindowsTheUsersOwnSeal() throws IOException {
    tool("powershell.exe", POWERSHELL);
    keepsFindsAndForgets(vault("Windows 11"), State.SYSTEM);
  }

  @Test
  void whereNoKeyStoreAnswersASealedFile() throws IOException {
    tool("secret-tool", NO_SERVICE);
    assertThat(vault("Linux").state()).isEqualTo(State.NEW);
    SealedVault vault = new SealedVault(folder.resolve("sealed"), 1_000);
    vault.unlock(Secret.of("open sesame"));
    keepsFindsAndForgets(vault, State.OPEN);
  }

  @Test
  void aSealedFileOpensWithItsPassphraseAlone() throws IOException {
    Path file = folder.resolve("new/sealed");
    SealedVault vault = new SealedVault(file, 1_000);
    assertThatThrownBy(() -> vault.keep(ANN, PASSWORD)).hasMessageContaining("locked");
    vault.unlock(Secret.of("open sesame"));
    vault.keep(ANN, PASSWORD);
    assertThat(Files.readString(file)).doesNotContain("ann", "hub", "quoted");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    SealedVault later = new SealedVault(file, 1_000);
    assertThat(later.state()).isEqualTo(State.LOCKED);
    assertThat(later.find(ANN)).as("locked").isEmpty();
    assertThatThrownBy(() -> later.unlock(Secret.of("open barley")))
        .isInstanceOf(Vault.WrongPassphrase.class);
    assertThat(later.state()).isEqualTo(State.LOCKED);
    later.unlock(Secret.of("open sesame"));
    assertThat(later.find(ANN)).contains(PASSWORD);
  }

  @Test
  void aSealedFileThatWasTouchedDoesNotOpen() throws IOException {
    Path file = folder.resolve("sealed");
    SealedVault vault = new SealedVault(file, 1_000);
    vault.unlock(Secret.of("open sesame"));
    vault.keep(ANN, PASSWORD);
    String sealed = Files.readString(file);
    Files.writeString(file, sealed.replace("\"rounds\":1000", "\"rounds\":1001"));
    assertThatThrownBy(() -> new SealedVault(file, 1_000).unlock(Secret.of("open sesame")))
        .isInstanceOf(Vault.WrongPassphrase.class);
    Files.writeString(file, sealed.substring(0, 40));
    assertThatThrownBy(() -> new SealedVault(file, 1_000).unlock(Secret.of("open sesame")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void withoutThePassphraseForgettingForgetsAll() throws IOException {
    Path file = folder.resolve("sealed");
    SealedVault vault = new SealedVault(file, 1_000);
    vault.unlock(Secret.of("open sesame"));
    vault.keep(ANN, PASSWORD);
    new SealedVault(file, 1_000).forget(ANN);
    assertThat(file).doesNotExist();
  }

  private void keepsFindsAndForgets(Vault vault, State state) throws IOException {
    assertThat(vault.state()).isEqualTo(state);
    assertThat(vault.find(ANN)).isEmpty();
    vault.keep(ANN, Secret.of("before"));
    vault.keep(ANN, PASSWORD);
    vault.keep(BOB, Secret.of("bobs"));
    assertThat(vault.find(ANN)).isEqualTo(Optional.of(PASSWORD));
    vault.forget(ANN);
    assertThat(vault.find(ANN)).isEmpty();
    assertThat(vault.find(BOB)).contains(Secret.of("bobs"));
    Path calls = folder.resolve("calls");
    if (Files.exists(calls)) {
      assertThat(Files.readString(calls))
          .as("what every process on the computer could see")
          .doesNotContain("quoted", Coded.encode(PASSWORD), "bobs");
    }
  }

  private Vault vault(String os) {
    return Vaults.find(os, Map.of("PATH", folder.toString()), folder);
  }

  private void tool(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), script.formatted(folder));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
