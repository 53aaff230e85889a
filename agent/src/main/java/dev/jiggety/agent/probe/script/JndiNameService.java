package dev.jiggety.agent.probe.script;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/** The JDK's client for name servers. */
final class JndiNameService implements NameService {

  @Override
  public List<String> ask(String name, String record, Optional<String> server, Duration timeout) {
    try {
      DirContext context = new InitialDirContext(settings(server, timeout));
      try {
        return texts(context.getAttributes(name, new String[] {record}).get(record));
      } finally {
        context.close();
      }
    } catch (NameNotFoundException e) {
      throw new ScriptFailure(ErrorKind.DNS, Phase.DNS, "there is no name " + name);
    } catch (NamingException e) {
      throw new ScriptFailure(
          ErrorKind.DNS,
          Phase.DNS,
          "no answer about " + name + " from " + server.orElse("the machine's name server"));
    }
  }

  @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
  private static Hashtable<String, String> settings(Optional<String> server, Duration timeout) {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, server.map(host -> "dns://" + host).orElse("dns:"));
    settings.put(
        "com.sun.jndi.dns.timeout.initial", String.valueOf(Math.max(1, timeout.toMillis() / 2)));
    settings.put("com.sun.jndi.dns.timeout.retries", "1");
    return settings;
  }

  private static List<String> texts(@Nullable Attribute attribute) throws NamingException {
    List<String> texts = new ArrayList<>();
    if (attribute != null) {
      NamingEnumeration<?> values = attribute.getAll();
      while (values.hasMore()) {
        texts.add(String.valueOf(values.next()));
      }
    }
    return texts;
  }
}
