"""What ends a run with a message for people; content that is wrong is a finding instead, and never raised.

Exceptions::

    SiteError               exit status 2; Sintoma cannot start: the message names file, line and key, and says what to do
    PublishError            exit status 3; a site cannot be written or published (`generator.publish.failure` has its kinds)
"""

from __future__ import annotations


class SiteError(Exception):
    """Sintoma cannot start. The message names the file, where it can its line and key, and says what to do."""


class PublishError(Exception):
    """A site could not be written or published. What was there before is untouched, unless the message says otherwise."""
