package dev.jiggety.agent.probe.script;

import dev.jiggety.base.Secret;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.twill.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a run: local ones hide global ones; secrets are only looked up. */
final class Variables {
  private static final String MATCH = "__match__";

  private final Map<String, Secret> secrets;
  private final Map<String, String> global = new HashMap<>();
  private final Map<String, String> local = new HashMap<>();
  private List<String> matches = List.of();

  Variables(Map<String, Secret> secrets) {
    this.secrets = secrets;
  }

  void setGlobal(String name, String value) {
    global.put(name, value);
  }

  void setLocal(String name, String value) {
    local.put(name, value);
  }

  /** What the last command found that looks for something. */
  void match(String value) {
    local.put(MATCH, value);
  }

  String match() {
    return get(MATCH);
  }

  /** What {@code split} and {@code findall} found; the caller may change it. */
  List<String> matches() {
    return new ArrayList<>(matches);
  }

  void matches(List<String> values) {
    matches = List.copyOf(values);
  }

  /** The value of a variable. */
  String get(String name) {
    String value = find(name);
    if (value == null) {
      throw ScriptFailure.wrong("the variable " + name + " is not set");
    }
    return value;
  }

  @Nullable String find(String name) {
    String value = local.get(name);
    return value == null ? global.get(name) : value;
  }

  /** What stands for a variable of a script, a secret included. */
  String valueOf(Argument.Variable variable) {
    return variable.isSecret() ? secret(variable.secret()) : get(variable.name());
  }

  /** A secret in the clear. */
  String secret(String name) {
    Secret secret = secrets.get(name);
    if (secret == null) {
      throw new ScriptFailure(
          ErrorKind.INTERNAL,
          null,
          "this node has no secret \"" + name + "\"; put a file of that name among its secrets");
    }
    return secret.reveal();
  }
}
