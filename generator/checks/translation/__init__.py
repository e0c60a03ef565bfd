"""A page beside its reference: what translation damaged. The checks in the order they run.

A check is a plain function from two pages to findings. It names the block that is wrong (`span`), the words as they
are shown (`target`) and what should stand there (`suggestion`); `generator.translations` finds the exact columns in the source.
"""
