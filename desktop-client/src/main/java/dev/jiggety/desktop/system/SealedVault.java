package dev.jiggety.desktop.system;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.base.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passwords in a file that is sealed with a passphrase, for systems without a key store. Nothing of
 * it is ever written in the clear, not even for which hubs it has one.
 */
final class SealedVault implements Vault {
  private final Path file;
  private final int rounds;
  private SealedFile.@Nullable Key key;

  SealedVault(Path file) {
    this(file, SealedFile.ROUNDS);
  }

  /** With fewer rounds than are safe, for tests. */
  SealedVault(Path file, int rounds) {
    this.file = file;
    this.rounds = rounds;
  }

  @Override
  public synchronized State state() {
    return key != null ? State.OPEN : Files.exists(file) ? State.LOCKED : State.NEW;
  }

  @Override
  public synchronized void unlock(Secret passphrase) throws IOException {
    if (Files.exists(file)) {
      String sealed = Files.readString(file);
      SealedFile.Key its = SealedFile.key(passphrase, sealed);
      SealedFile.open(its, sealed);
      key = its;
    } else {
      key = SealedFile.key(passphrase, rounds);
    }
  }

  @Override
  public synchronized Optional<Secret> find(Account account) throws IOException {
    return key != null && read().get(name(account)) instanceof JsonPrimitive password
        ? Optional.of(Secret.of(password.getAsString()))
        : Optional.empty();
  }

  @Override
  public synchronized void keep(Account account, Secret password) throws IOException {
    if (key == null) {
      throw new IOException("the file of passwords is locked");
    }
    JsonObject all = read();
    all.addProperty(name(account), password.reveal());
    write(all);
  }

  @Override
  public synchronized void forget(Account account) throws IOException {
    if (key == null) {
      Files.deleteIfExists(file); // nobody can look for the one, so all of them go
      return;
    }
    JsonObject all = read();
    if (all.remove(name(account)) != null) {
      write(all);
    }
  }

  private JsonObject read() throws IOException {
    if (!Files.exists(file)) {
      return new JsonObject();
    }
    String text = SealedFile.open(Objects.requireNonNull(key), Files.readString(file));
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private void write(JsonObject all) throws IOException {
    PrivateFiles.replace(file, SealedFile.seal(Objects.requireNonNull(key), all.toString()));
  }

  private static String name(Account account) {
    return account.user() + " " + account.hub();
  }
}
