"""Reading and linking on Apache Spark, for archives too large for one machine.

Needs ``pip install 'dateline[spark]'`` and Java 17. Spark does the distribution; the
readers, the weights and the tally are the same as on one machine, and so are the
incidents. See docs/cluster.md.
"""

from dateline.cluster.linking import link
from dateline.cluster.reading import read
from dateline.cluster.session import local_session

__all__ = ["link", "local_session", "read"]
