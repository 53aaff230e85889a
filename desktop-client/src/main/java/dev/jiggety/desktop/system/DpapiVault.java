package dev.jiggety.desktop.system;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.base.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Windows: passwords sealed by the Data Protection API for the user who is logged in, in a file.
 * PowerShell reaches it; what is sealed and opened goes through its standard input.
 */
final class DpapiVault implements Vault {
  private final Tool tool;
  private final Path file;

  DpapiVault(Tool tool, Path file) {
    this.tool = tool;
    this.file = file;
  }

  @Override
  public State state() {
    return State.SYSTEM;
  }

  @Override
  public void unlock(Secret passphrase) {}

  @Override
  public synchronized Optional<Secret> find(Account account) throws IOException {
    return read().get(name(account)) instanceof JsonPrimitive sealed
        ? Coded.decode(run("Unprotect", sealed.getAsString()))
        : Optional.empty();
  }

  @Override
  public synchronized void keep(Account account, Secret password) throws IOException {
    JsonObject all = read();
    all.addProperty(name(account), run("Protect", Coded.encode(password)).strip());
    PrivateFiles.replace(file, all + "\n");
  }

  @Override
  public synchronized void forget(Account account) throws IOException {
    JsonObject all = read();
    if (all.remove(name(account)) != null) {
      PrivateFiles.replace(file, all + "\n");
    }
  }

  private String run(String verb, String input) throws IOException {
    String script =
        """
        $ErrorActionPreference = 'Stop'; Add-Type -AssemblyName System.Security; \
        $in = [Convert]::FromBase64String([Console]::In.ReadToEnd().Trim()); \
        $out = [Security.Cryptography.ProtectedData]::%s($in, $null, 'CurrentUser'); \
        [Console]::Out.Write([Convert]::ToBase64String($out))\
        """
            .formatted(verb);
    return tool.ask(List.of("-NoProfile", "-NonInteractive", "-Command", script), input);
  }

  private JsonObject read() throws IOException {
    if (!Files.exists(file)) {
      return new JsonObject();
    }
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException("the file of passwords is damaged: " + file, e);
    }
  }

  private static String name(Account account) {
    return account.user() + " " + account.hub();
  }
}
