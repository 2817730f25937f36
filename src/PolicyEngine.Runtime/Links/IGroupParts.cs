namespace PolicyEngine.Runtime.Links;

/// <summary>What is kept beside a link's groups: told how members come together and part, so that it always means the members of now.</summary>
internal interface IGroupParts
{
    /// <summary>A group was given its id; it has no members yet.</summary>
    void Born(int group)
    {
        // Nothing depends on it.
    }

    /// <summary>Somebody who belonged to no group, nor does any more, comes to this one.</summary>
    void Added(int group, int member);

    /// <summary>All of <paramref name="from"/> come to <paramref name="to"/>, which keeps its id. Both are still as they were.</summary>
    void Merging(int from, int to)
    {
        // Nothing depends on it.
    }

    /// <summary>The group has lost its members; those that stay are added again.</summary>
    void Emptied(int group)
    {
        // Nothing depends on it.
    }

    /// <summary>A part of a group that keeps its id elsewhere, or has none left, was born as a group; members are added next.</summary>
    void Split(int from, int to)
    {
        // Nothing depends on it.
    }

    /// <summary>The group is no more; its slot may come to be another's.</summary>
    void Ended(int group)
    {
        // Nothing depends on it.
    }
}
