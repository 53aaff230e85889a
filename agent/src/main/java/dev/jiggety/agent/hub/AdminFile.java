package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.HubStartException.Kind;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.base.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The administrator of the server, kept in {@code hub-admin.json} in the hub's folder, readable by
 * its owner alone: the name, the hash of the password, and the secret with which session cookies
 * are signed (so that they outlive a restart).
 *
 * @param name null on a hub without administrator
 * @param hash null there too
 * @param cookieSecret 32 random bytes, hexadecimal
 */
record AdminFile(@Nullable String name, @Nullable PasswordHash hash, Secret cookieSecret) {
  private static final System.Logger LOG = System.getLogger(AdminFile.class.getName());
  private static final String FILE = "hub-admin.json";

  /** Whether there is an administrator. */
  boolean present() {
    return name != null;
  }

  /**
   * Reads the file, and brings it up to date if an administrator is given that is not in it.
   *
   * @throws HubStartException ACCOUNTS
   */
  static AdminFile load(Path folder, Optional<HubConfig.Admin> given, int rounds) {
    var file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      var kept = Files.exists(file) ? read(file) : new AdminFile(null, null, randomSecret());
      if (given.isEmpty() || kept.is(given.get())) {
        return kept;
      }
      var admin = given.get();
      var hash = PasswordHash.of(admin.password().reveal(), rounds);
      // A new secret as well: whoever is logged in with the old password is no more.
      var renewed = new AdminFile(admin.name(), hash, randomSecret());
      write(file, renewed);
      return renewed;
    } catch (IOException e) {
      throw new HubStartException(
          Kind.ACCOUNTS, "cannot read or write " + file + ": " + e.getMessage(), e);
    }
  }

  private boolean is(HubConfig.Admin admin) {
    return hash != null && admin.name().equals(name) && hash.matches(admin.password().reveal());
  }

  private static Secret randomSecret() {
    var secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return Secret.of(HexFormat.of().formatHex(secret));
  }

  private static AdminFile read(Path file) throws IOException {
    keepFromOthers(file);
    try {
      var json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      var secret = Secret.of(json.get("cookie_secret").getAsString());
      var hash = PasswordHash.read(json).orElseThrow();
      return new AdminFile(json.get("name").getAsString(), hash, secret);
    } catch (RuntimeException e) {
      throw new HubStartException(
          Kind.ACCOUNTS,
          file + " is damaged: remove it and give the administrator's name and password again",
          e);
    }
  }

  private static void keepFromOthers(Path file) throws IOException {
    if (PrivateFiles.hideFromOthers(file)) {
      LOG.log(System.Logger.Level.WARNING, "{0} was readable by others; now it is not", file);
    }
  }

  private static void write(Path file, AdminFile admin) throws IOException {
    var json = new JsonObject();
    json.addProperty("schema", 1);
    json.addProperty("name", admin.name);
    if (admin.hash != null) {
      admin.hash.addTo(json);
    }
    json.addProperty("cookie_secret", admin.cookieSecret.reveal());
    PrivateFiles.replace(file, json + "\n");
  }

  @Override
  public String toString() {
    return "administrator " + name;
  }
}
