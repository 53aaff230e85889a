package dev.jiggety.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.signing.Flaw;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Ways to hand in a document that must not be believed, each with the one reason for which it has
 * to be refused. The same table for everybody who believes signatures.
 */
public final class Attacks {
  /** The operator in whose name honest patches come. */
  public final SigningKey operator = SigningKey.generate("ada", Role.OPERATOR);

  /** Another operator, believed as well. */
  public final SigningKey other = SigningKey.generate("grace", Role.OPERATOR);

  /** The manager. */
  public final SigningKey manager = SigningKey.generate("m1", Role.MANAGER);

  /** The operator's key from before; not believed any more. */
  public final SigningKey retired = SigningKey.generate("ada", Role.OPERATOR);

  /** The manager's key from before; not believed any more. */
  public final SigningKey retiredManager = SigningKey.generate("m1", Role.MANAGER);

  /**
   * An attack.
   *
   * @param name what somebody does
   * @param flaw as what it has to be refused
   * @param document what comes in
   */
  public record Attack(String name, Flaw flaw, JsonObject document) {
    @Override
    public String toString() {
      return name + ": " + flaw;
    }
  }

  /** Who has to be believed where the attacks are tried. */
  public List<TrustedKey> trusted() {
    return List.of(operator.trusted(), other.trusted(), manager.trusted());
  }

  /**
   * Attacks with a patch or a command.
   *
   * @param honest it, without a signature, by {@code ada}
   * @param another another one, by {@code ada} as well
   */
  public List<Attack> onOperators(JsonObject honest, JsonObject another) {
    List<Attack> attacks = common(honest, another, operator, retired, manager);
    attacks.add(
        new Attack(
            "signed by another operator than it says",
            Flaw.WRONG_NAME,
            Signatures.sign(honest, other)));
    JsonObject twoNames = honest.deepCopy();
    twoNames.addProperty("author", "grace");
    twoNames.addProperty("by", "ada");
    attacks.add(new Attack("says two names", Flaw.WRONG_NAME, Signatures.sign(twoNames, other)));
    JsonObject nobody = honest.deepCopy();
    nobody.remove("author");
    nobody.remove("by");
    attacks.add(new Attack("says no name", Flaw.WRONG_NAME, Signatures.sign(nobody, operator)));
    if (honest.has("changes")) {
      JsonObject mixed = Signatures.sign(honest, operator);
      JsonArray changes = mixed.getAsJsonArray("changes");
      Signatures.sign(another, operator).getAsJsonArray("changes").forEach(changes::add);
      attacks.add(new Attack("mixed of two signed patches", Flaw.TAMPERED, mixed));
    }
    return List.copyOf(attacks);
  }

  /**
   * Attacks with a head.
   *
   * @param honest it, without a signature
   * @param another another one
   */
  public List<Attack> onManagers(JsonObject honest, JsonObject another) {
    return List.copyOf(common(honest, another, manager, retiredManager, operator));
  }

  private static List<Attack> common(
      JsonObject honest,
      JsonObject another,
      SigningKey right,
      SigningKey retired,
      SigningKey wrongRole) {
    TrustedKey who = right.trusted();
    SigningKey stranger = SigningKey.generate(who.name(), who.role());
    JsonObject signed = Signatures.sign(honest, right);
    String key = who.id();
    String value = signed.getAsJsonObject(Signatures.MEMBER).get("value").getAsString();
    byte[] raw = Base64.getDecoder().decode(value);
    List<Attack> attacks = new ArrayList<>();
    attacks.add(new Attack("not signed", Flaw.UNSIGNED, honest.deepCopy()));
    JsonObject text = honest.deepCopy();
    text.addProperty(Signatures.MEMBER, value);
    attacks.add(new Attack("signature is a text", Flaw.MALFORMED, text));
    malformed(attacks, "signature is empty", with(honest, key, ""));
    malformed(attacks, "signature is no Base64", with(honest, key, "!".repeat(value.length())));
    malformed(attacks, "signature is cut off", with(honest, key, base64(Arrays.copyOf(raw, 63))));
    malformed(attacks, "signature is too long", with(honest, key, base64(Arrays.copyOf(raw, 65))));
    malformed(attacks, "signature is a megabyte", with(honest, key, base64(new byte[1 << 20])));
    attacks.add(new Attack("unknown key", Flaw.UNKNOWN_KEY, Signatures.sign(honest, stranger)));
    attacks.add(new Attack("retired key", Flaw.UNKNOWN_KEY, Signatures.sign(honest, retired)));
    attacks.add(
        new Attack("key of another role", Flaw.WRONG_ROLE, Signatures.sign(honest, wrongRole)));
    String forged =
        Signatures.sign(honest, stranger)
            .getAsJsonObject(Signatures.MEMBER)
            .get("value")
            .getAsString();
    attacks.add(
        new Attack("unknown key under a known id", Flaw.TAMPERED, with(honest, key, forged)));
    byte[] flipped = raw.clone();
    flipped[40] ^= 1;
    attacks.add(
        new Attack("one bit turned over", Flaw.TAMPERED, with(honest, key, base64(flipped))));
    JsonObject added = signed.deepCopy();
    added.addProperty("urgent", true);
    attacks.add(new Attack("a field added", Flaw.TAMPERED, added));
    JsonObject later = signed.deepCopy();
    later.addProperty("created", 1);
    later.addProperty("expires", 32_503_680_000_000L);
    attacks.add(new Attack("made to last longer", Flaw.TAMPERED, later));
    JsonObject replayed = signed.deepCopy();
    replayed.addProperty("_id", honest.get("_id").getAsString() + "-again");
    attacks.add(new Attack("replayed under another id", Flaw.TAMPERED, replayed));
    attacks.add(
        new Attack("signature of another document", Flaw.TAMPERED, with(another, key, value)));
    return attacks;
  }

  private static void malformed(List<Attack> attacks, String name, JsonObject document) {
    attacks.add(new Attack(name, Flaw.MALFORMED, document));
  }

  private static JsonObject with(JsonObject document, String key, String value) {
    JsonObject signature = new JsonObject();
    signature.addProperty("key", key);
    signature.addProperty("value", value);
    JsonObject signed = document.deepCopy();
    signed.add(Signatures.MEMBER, signature);
    return signed;
  }

  private static String base64(byte[] raw) {
    return Base64.getEncoder().encodeToString(raw);
  }
}
