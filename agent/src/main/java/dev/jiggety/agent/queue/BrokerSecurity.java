package dev.jiggety.agent.queue;

import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import java.util.EnumSet;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** Lets in one name and password, to use the line of patches and nothing else. */
final class BrokerSecurity implements ActiveMQSecurityManager5 {
  private static final Set<CheckType> ALLOWED =
      EnumSet.of(CheckType.SEND, CheckType.CONSUME, CheckType.BROWSE);

  private final Credentials known;

  BrokerSecurity(Credentials known) {
    this.known = known;
  }

  @Override
  public @Nullable Subject authenticate(
      @Nullable String user,
      @Nullable String password,
      @Nullable RemotingConnection connection,
      @Nullable String domain) {
    if (!validateUser(user, password)) {
      return null;
    }
    Subject subject = new Subject();
    subject.getPrincipals().add(new UserPrincipal(known.user()));
    return subject;
  }

  @Override
  public boolean authorize(
      @Nullable Subject subject, Set<Role> roles, CheckType type, String address) {
    return subject != null && ALLOWED.contains(type) && address.startsWith("jiggety.");
  }

  @Override
  public boolean validateUser(@Nullable String user, @Nullable String password) {
    return known.user().equals(user)
        && password != null
        && known.password().equals(Secret.of(password));
  }

  @Override
  public boolean validateUserAndRole(
      @Nullable String user, @Nullable String password, Set<Role> roles, CheckType type) {
    return validateUser(user, password) && ALLOWED.contains(type);
  }
}
