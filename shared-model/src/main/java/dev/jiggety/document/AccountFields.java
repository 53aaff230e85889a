package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.model.AccountKey;

/** How the hash of an account's password stands in a document. */
final class AccountFields {
  private AccountFields() {}

  static JsonObject write(AccountKey key) {
    JsonObject json = new JsonObject();
    json.addProperty("salt", key.salt());
    json.addProperty("rounds", key.rounds());
    json.addProperty("key", key.key());
    return json;
  }

  static AccountKey read(Fields fields) {
    return new AccountKey(fields.text("salt"), fields.smallNumber("rounds", 0), fields.text("key"));
  }
}
